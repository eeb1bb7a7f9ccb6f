namespace Affect.Kernel.Sessions;

/// <summary>How a session compiles and runs its cells.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// What every cell may use without saying so: the set of .NET Interactive, so that notebooks stay valid there, and its functions that show and
    /// ask.
    /// </summary>
    public static IReadOnlyList<string> DefaultImports { get; } =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(CellDisplay).FullName!, typeof(CellInput).FullName!,
    ];

    /// <summary>
    /// Assemblies of the host that cells may use, as paths. The running assembly is used where it is loaded already, never a second copy.
    /// </summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Namespaces and static classes to import beside <see cref="DefaultImports"/>.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Formats the values for whose type nobody has registered a formatter; null shows their <see cref="object.ToString"/>.</summary>
    public IOutputFormatter? Formatter { get; init; }

    /// <summary>The folder that <c>#load</c> and <c>#r</c> in a cell are relative to: the notebook's.</summary>
    public string WorkingDirectory { get; init; } = Environment.CurrentDirectory;

    /// <summary>How long a cell may run; null or <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan? CellTimeout { get; init => field = value is { } time && Positive.TimeOrNone(time) != Timeout.InfiniteTimeSpan ? time : null; }

    /// <summary>
    /// How long a cell may go on that was asked to stop and does not hear it, until it is aborted in the middle of what it does. That can leave locks
    /// held and objects half changed, so it is for a person who may restart the session; null gives such a session up instead.
    /// </summary>
    public TimeSpan? AbortAfter { get; init => field = value is { } time ? Positive.Time(time) : null; }

    /// <summary>
    /// Called at the start of each cell, in its flow of control, with what is cancelled when the cell is to stop: for the library that its code
    /// will call.
    /// </summary>
    public Action<CancellationToken>? OnCell { get; init; }

    /// <summary>What <c>Console.ReadLine</c> in a cell reads; null tells the user that nobody is at the keyboard.</summary>
    public TextReader? Input { get; init; }

    /// <summary>How long the own code of a value may take while the value is shown, as its properties and its <c>ToString</c>.</summary>
    internal TimeSpan ShowPatience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How values are shown.</summary>
    internal ValueForms Forms => new(Formatter, ShowPatience);

    /// <summary>What compiles the cells.</summary>
    internal SubmissionEngine NewEngine() => new(References, WorkingDirectory, DefaultImports.Concat(Imports));
}

namespace Affect.Kernel.Headless;

/// <summary>How notebooks are run.</summary>
public sealed record RunnerOptions
{
    /// <summary>Name to text of the values that replace those of the cell tagged <c>parameters</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Sets the parameter <c>quick</c> where a notebook has one.</summary>
    public bool IsQuick { get; init; }

    /// <summary>How long one cell may run; by default for ever: how long a cell takes is the machine's matter, not a sign that it hangs.</summary>
    public TimeSpan Timeout { get; init => field = Positive.TimeOrNone(value); } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// Whether a run that is cancelled still writes what was executed, and says in its report where it was interrupted; otherwise it writes nothing and throws.
    /// </summary>
    public bool KeepsInterrupted { get; init; }

    /// <summary>How many printed characters of a cell are kept.</summary>
    public int MostPrinted { get; init => field = Positive.OrZero(value); } = 1_000_000;

    /// <summary>How cells are compiled and what connects them to a display library; folder and timeout are the notebook's and this record's.</summary>
    public SessionOptions Session { get; init; } = new();
}

namespace Affect.Kernel.Errors;

/// <summary>An exception as a reader of the notebook wants it: where in the cells, which call of the library, and what caused it.</summary>
/// <param name="sources">The texts of cells and loaded files by the name that their symbols bear.</param>
internal sealed class ExceptionReport(IReadOnlyDictionary<string, string> sources)
{
    private const int MostUserFrames = 20;
    private const int MostCauses = 5;
    private const int MostTold = 20;
    private const int MostLooked = 1000;

    /// <summary>The report of an exception that a cell threw.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="reached">
    /// The top-level line that the cell had come to: told where no stack frame knows a line of the user's. Optimised code throws for an index out of
    /// range from a place that it shares among all its lines.
    /// </param>
    internal CellError Of(Exception error, (string Name, int Line)? reached = null)
    {
        var seen = error is AggregateException { InnerExceptions: [var only] } ? only : error;
        var lines = new List<string>();
        Tell(lines, seen, "", new HashSet<Exception>(ReferenceEqualityComparer.Instance), 0);
        var place = Place(seen) ?? Place(error);
        if (place is null && reached is (var name, > 0 and var line) && sources.ContainsKey(name))
        {
            place = reached;
            lines.InsertRange(1, Excerpt(name, line));
        }
        return new CellError
        {
            Name = NameOf(seen),
            Message = MessageOf(seen),
            Place = place is { } frame ? SourceExcerpt.Place(frame.Name, frame.Line) : null,
            Traceback = lines,
        };
    }

    /// <summary>The innermost place of the user's code that an exception came through.</summary>
    internal (string Name, int Line)? Place(Exception error)
    {
        // One may be its own cause, by way of others.
        var seen = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        for (var one = error; one is not null && seen.Count < MostLooked && seen.Add(one); one = one.InnerException)
        {
            if (one is RecursionException recursion) return recursion.Place;
            foreach (var frame in FramesOf(one))
                if (frame.GetFileName() is { } name && sources.ContainsKey(name) && frame.GetFileLineNumber() is > 0 and var line) return (name, line);
        }
        return null;
    }

    private void Tell(List<string> lines, Exception error, string prefix, HashSet<Exception> told, int depth)
    {
        if (told.Count >= MostTold || !told.Add(error))
        {
            lines.Add($"{prefix}{NameOf(error)} ...");
            return;
        }
        lines.Add($"{prefix}{NameOf(error)}: {MessageOf(error)}");
        Frames(lines, error);
        if (depth >= MostCauses) return;
        var causes = error is AggregateException several ? several.InnerExceptions.AsEnumerable() : error.InnerException is { } inner ? [inner] : [];
        foreach (var cause in causes.Take(MostCauses)) Tell(lines, cause, "caused by ", told, depth + 1);
    }

    private void Frames(List<string> lines, Exception error)
    {
        var library = new List<string>();
        var users = 0;
        (string, int) last = default;
        if (error is RecursionException { Place: var (cell, innermost) })
        {
            lines.AddRange(Excerpt(cell, innermost));
            return;
        }
        foreach (var frame in FramesOf(error))
        {
            if (frame.GetFileName() is { } name && sources.ContainsKey(name) && frame.GetFileLineNumber() is > 0 and var line)
            {
                Library(lines, library);
                // The frames of an asynchronous method and its caller often are one line.
                if (last == (name, line) || users++ >= MostUserFrames) continue;
                last = (name, line);
                lines.AddRange(Excerpt(name, line));
            }
            else if (MethodOf(frame) is { } method && (library.Count == 0 || library[^1] != method)) library.Add(method);
        }
        // What called the cell is the kernel's; if no cell is there at all, the library's frames are what is known.
        if (users == 0) Library(lines, library);
        if (users > MostUserFrames) lines.Add(string.Create(CultureInfo.InvariantCulture, $"  ... {users - MostUserFrames} more lines of the notebook"));
    }

    private static StackFrame[] FramesOf(Exception error) => (error is NativeException native ? native.Trace : new StackTrace(error, fNeedFileInfo: true)).GetFrames();

    private IEnumerable<string> Excerpt(string name, int line) =>
        SourceExcerpt.Lines(sources.GetValueOrDefault(name, ""), line, -1, 0).Select(excerpt => "  " + excerpt).Prepend($"  {SourceExcerpt.Place(name, line)}");

    // The call that threw and the call that the user made tell most; what lies between is counted.
    private static void Library(List<string> lines, List<string> library)
    {
        if (library.Count > 0) lines.Add($"  in {library[0]}");
        if (library.Count > 3) lines.Add(string.Create(CultureInfo.InvariantCulture, $"  ... {library.Count - 2} calls inside the library"));
        else if (library.Count == 3) lines.Add($"  in {library[1]}");
        if (library.Count > 1) lines.Add($"  in {library[^1]}");
        library.Clear();
    }

    private static string? MethodOf(StackFrame frame)
    {
        if (frame.GetMethod() is not { DeclaringType: { } type } method || type.Namespace?.StartsWith("Affect.Kernel", StringComparison.Ordinal) == true) return null;
        if (method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) || type.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)) return null;
        if (type.FullName?.StartsWith("System.Runtime.", StringComparison.Ordinal) == true) return null;
        // The method that runs a whole cell.
        if (type.Name.StartsWith("<<Initialize>>", StringComparison.Ordinal)) return null;
        return $"{Readable(type)}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Readable(parameter.ParameterType)))})";
    }

    /// <summary>A type as a person writes it.</summary>
    internal static string Readable(Type type)
    {
        var name = type.IsNested && type.DeclaringType is { } outer && !type.IsGenericParameter && !IsCell(outer) ? $"{Readable(outer)}.{Plain(type)}" : Plain(type);
        return type.IsGenericType && !type.IsNested ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Readable))}>" : name;
    }

    // What a cell declares is nested in the class that its compilation makes.
    private static bool IsCell(Type type) => type.Assembly.GetName().Name?.StartsWith(SubmissionEngine.AssemblyPrefix, StringComparison.Ordinal) == true && !type.IsNested;

    private static string Plain(MemberInfo type) => type.Name.Split('`')[0];

    private static string MessageOf(Exception error) => PlainText.MessageOf(error);

    private static string NameOf(Exception error) => Readable(error.GetType());
}

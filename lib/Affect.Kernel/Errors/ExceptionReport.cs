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
    /// <remarks>
    /// The top-level line that the cell had reached is told where no stack frame knows a line of the user's: optimised code throws for an index out
    /// of range from a place that it shares among all its lines.
    /// </remarks>
    internal CellError Of(Exception error, (string Name, int Line) reached)
    {
        var seen = error is AggregateException { InnerExceptions: [var only] } ? only : error;
        var lines = new List<string>();
        Tell(lines, seen, "", new HashSet<Exception>(ReferenceEqualityComparer.Instance), 0);
        var place = Place(seen) ?? Place(error);
        if (place is null && reached.Line > 0 && sources.ContainsKey(reached.Name))
        {
            place = reached;
            lines.InsertRange(1, Excerpt(reached));
        }
        return new CellError
        {
            Name = PlainText.TypeName(seen),
            Message = PlainText.MessageOf(seen),
            Place = place is var (name, line) ? SourceExcerpt.Place(name, line) : null,
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
            if (FramesOf(one).Select(PlaceOf).FirstOrDefault(place => place is not null) is { } found) return found;
        }
        return null;
    }

    private void Tell(List<string> lines, Exception error, string prefix, HashSet<Exception> told, int depth)
    {
        if (told.Count >= MostTold || !told.Add(error))
        {
            lines.Add($"{prefix}{PlainText.TypeName(error)} ...");
            return;
        }
        lines.Add($"{prefix}{PlainText.TypeName(error)}: {PlainText.MessageOf(error)}");
        if (error is RecursionException recursion) lines.AddRange(Excerpt(recursion.Place));
        else TellFrames(lines, error);
        if (depth >= MostCauses) return;
        var causes = error is AggregateException several ? several.InnerExceptions.AsEnumerable() : error.InnerException is { } inner ? [inner] : [];
        foreach (var cause in causes.Take(MostCauses)) Tell(lines, cause, "caused by ", told, depth + 1);
    }

    private void TellFrames(List<string> lines, Exception error)
    {
        var library = new List<string>();
        var users = 0;
        (string, int)? last = null;
        foreach (var frame in FramesOf(error))
        {
            if (PlaceOf(frame) is { } place)
            {
                TellLibrary(lines, library);
                // The frames of an asynchronous method and its caller often are one line.
                if (last == place || users++ >= MostUserFrames) continue;
                last = place;
                lines.AddRange(Excerpt(place));
            }
            else if (MethodOf(frame) is { } method && (library.Count == 0 || library[^1] != method)) library.Add(method);
        }
        // What called the cell is the kernel's; if no cell is there at all, the library's frames are what is known.
        if (users == 0) TellLibrary(lines, library);
        if (users > MostUserFrames) lines.Add(FormattableString.Invariant($"  ... {users - MostUserFrames} more lines of the notebook"));
    }

    private static StackFrame[] FramesOf(Exception error) => (error is NativeException native ? native.Trace : new StackTrace(error, fNeedFileInfo: true)).GetFrames();

    private (string Name, int Line)? PlaceOf(StackFrame frame) =>
        frame.GetFileName() is { } name && sources.ContainsKey(name) && frame.GetFileLineNumber() is > 0 and var line ? (name, line) : null;

    private IEnumerable<string> Excerpt((string Name, int Line) place) =>
        SourceExcerpt.Lines(sources.GetValueOrDefault(place.Name, ""), place.Line, -1, 0)
        .Prepend(SourceExcerpt.Place(place.Name, place.Line)).Select(line => "  " + line);

    // The call that threw and the call that the user made tell most; what lies between is counted.
    private static void TellLibrary(List<string> lines, List<string> library)
    {
        if (library.Count <= 3) lines.AddRange(library.Select(call => $"  in {call}"));
        else lines.AddRange([$"  in {library[0]}", FormattableString.Invariant($"  ... {library.Count - 2} calls inside the library"),
            $"  in {library[^1]}"]);
        library.Clear();
    }

    private static string? MethodOf(StackFrame frame)
    {
        if (frame.GetMethod() is not { DeclaringType: { } type } method || type.Namespace?.StartsWith("Affect.Kernel", StringComparison.Ordinal) == true) return null;
        if (method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) || type.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)) return null;
        if (type.FullName?.StartsWith("System.Runtime.", StringComparison.Ordinal) == true) return null;
        // The method that runs a whole cell.
        if (type.Name.StartsWith("<<Initialize>>", StringComparison.Ordinal)) return null;
        var parameters = method.GetParameters().Select(parameter => PlainText.NameOf(parameter.ParameterType));
        return $"{PlainText.NameOf(type)}.{method.Name}({string.Join(", ", parameters)})";
    }
}

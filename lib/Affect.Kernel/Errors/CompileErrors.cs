namespace Affect.Kernel.Errors;

/// <summary>The compiler's errors with the source they mean, and what to do about those that notebooks are prone to.</summary>
internal static class CompileErrors
{
    private const int Most = 10;

    internal static CellError Of(SourceUnit unit, CSharpCompilation compilation, IEnumerable<Diagnostic> errors)
    {
        var all = errors.OrderBy(error => error.Location.SourceSpan.Start).DistinctBy(error => (error.Id, error.Location.SourceSpan.Start)).ToArray();
        // A declaration with using is no statement of a cell's top level: all else follows from that.
        if (Array.Find(all, error => CompileHints.IsUsingDeclaration(unit, error)) is { } declaration) all = [declaration];
        var lines = new List<string>();
        foreach (var error in all.Take(Most)) Tell(lines, unit, compilation, error);
        if (all.Length > Most) lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {all.Length - Most} more"));
        var first = all[0];
        return new CellError
        {
            Name = first.Id,
            Message = first.GetMessage(CultureInfo.InvariantCulture),
            Place = Position(first) is { } start ? SourceExcerpt.Place(unit.Name, start.Line + 1) : unit.Name,
            Traceback = lines,
        };
    }

    private static void Tell(List<string> lines, SourceUnit unit, CSharpCompilation compilation, Diagnostic error)
    {
        var message = error.GetMessage(CultureInfo.InvariantCulture);
        if (Position(error) is not { } start)
        {
            lines.Add($"{unit.Name}: {error.Id}: {message}");
            return;
        }
        lines.Add($"{SourceExcerpt.Place(unit.Name, start.Line + 1)}: {error.Id}: {message}");
        var span = error.Location.GetLineSpan().Span;
        var length = span.End.Line == span.Start.Line ? span.End.Character - span.Start.Character : int.MaxValue;
        lines.AddRange(SourceExcerpt.Lines(unit.Text, start.Line + 1, start.Character, length));
        if (CompileHints.For(error, unit, compilation) is { } hint) lines.Add($"    hint: {hint}");
    }

    private static Microsoft.CodeAnalysis.Text.LinePosition? Position(Diagnostic error) =>
        error.Location.IsInSource ? error.Location.GetLineSpan().StartLinePosition : null;
}

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
        var lines = all.Take(Most).SelectMany(error => Lines(unit, compilation, error));
        if (all.Length > Most) lines = lines.Append(FormattableString.Invariant($"and {all.Length - Most} more"));
        return new CellError { Name = all[0].Id, Message = Message(all[0]), Place = Place(unit, all[0]), Traceback = [.. lines] };
    }

    private static IEnumerable<string> Lines(SourceUnit unit, CSharpCompilation compilation, Diagnostic error)
    {
        yield return $"{Place(unit, error)}: {error.Id}: {Message(error)}";
        if (!error.Location.IsInSource) yield break;
        var (start, end) = (error.Location.GetLineSpan().StartLinePosition, error.Location.GetLineSpan().EndLinePosition);
        var length = end.Line == start.Line ? end.Character - start.Character : int.MaxValue;
        foreach (var line in SourceExcerpt.Lines(unit.Text, start.Line + 1, start.Character, length)) yield return line;
        if (CompileHints.For(error, unit, compilation) is { } hint) yield return $"    hint: {hint}";
    }

    private static string Message(Diagnostic error) => error.GetMessage(CultureInfo.InvariantCulture);

    private static string Place(SourceUnit unit, Diagnostic error) =>
        error.Location.IsInSource ? SourceExcerpt.Place(unit.Name, error.Location.GetLineSpan().StartLinePosition.Line + 1) : unit.Name;
}

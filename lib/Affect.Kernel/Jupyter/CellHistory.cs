namespace Affect.Kernel.Jupyter;

/// <summary>The cells of this session, for <c>history_request</c>.</summary>
/// <remarks>Nothing is written to disk: earlier sessions are not known.</remarks>
internal sealed class CellHistory
{
    private const int Session = 1;

    private readonly List<(int Number, string Code)> cells = [];

    internal void Add(int number, string code) => cells.Add((number, code));

    internal JsonObject Answer(Message request)
    {
        var most = request.Number("n", otherwise: int.MaxValue);
        var found = request.Text("hist_access_type") switch
        {
            "tail" => cells.TakeLast(most),
            "range" => Range(request),
            "search" => Search(request.Text("pattern"), request.Flag("unique", otherwise: false)).TakeLast(most),
            var other => throw new FormatException($"hist_access_type must be range, tail or search, but was '{other}'."),
        };
        var withOutput = request.Flag("output", otherwise: false);
        // An entry is [session, line, input], or [session, line, [input, output]]; outputs are not kept.
        var entries = found.Select(cell => (JsonNode)new JsonArray(Session, cell.Number, withOutput ? new JsonArray(cell.Code, null) : cell.Code));
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. entries]) };
    }

    // Session 0 is this one, and so is the first; negative numbers count back from it, to where nothing is.
    private IEnumerable<(int Number, string Code)> Range(Message request)
    {
        if (request.Number("session", otherwise: 0) is not (0 or Session)) return [];
        var start = request.Number("start", otherwise: 0);
        var stop = request.Number("stop", otherwise: int.MaxValue);
        return cells.Where(cell => cell.Number >= start && cell.Number < stop);
    }

    private IEnumerable<(int Number, string Code)> Search(string pattern, bool isUnique)
    {
        var found = cells.Where(cell => FileSystemName.MatchesSimpleExpression(pattern.Length > 0 ? pattern : "*", cell.Code, ignoreCase: false));
        // The latest of those that are the same stays.
        return isUnique ? found.Reverse().DistinctBy(cell => cell.Code).Reverse() : found;
    }
}

namespace Affect.Cli.Run;

/// <summary>The numbers of a run for programs: <c>summary.json</c>.</summary>
internal static class RunSummary
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"notebooks": [{"name", "seconds", "claims": [{"text", "passed"}], "error"}], "results": {…}}</c></summary>
    /// <param name="outcomes">What the notebooks gave, in order; of two results of one name the later counts.</param>
    internal static string Of(IEnumerable<NotebookOutcome> outcomes)
    {
        var (notebooks, results) = (new JsonArray(), new JsonObject());
        foreach (var outcome in outcomes)
        {
            notebooks.Add(new JsonObject
            {
                ["name"] = outcome.Name,
                ["seconds"] = Math.Round(outcome.Seconds, 1),
                ["claims"] = new JsonArray([.. outcome.Claims.Select(claim => new JsonObject { ["text"] = claim.Text, ["passed"] = claim.Passed })]),
                ["error"] = outcome.Error,
            });
            foreach (var (name, value) in outcome.Results) results[name] = value.DeepClone();
        }
        return new JsonObject { ["notebooks"] = notebooks, ["results"] = results }.ToJsonString(Layout) + "\n";
    }
}

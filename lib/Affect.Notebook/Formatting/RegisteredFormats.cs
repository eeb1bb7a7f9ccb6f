namespace Affect.Notebook.Formatting;

/// <summary>Tells .NET Interactive's formatting how the laboratory's types are shown, and tensors: so they are in every kernel that uses it.</summary>
/// <remarks>Every form is registered; a kernel that asks for the preferred ones alone is not sent JSON for charts, which .NET Interactive would send as text.</remarks>
internal static class RegisteredFormats
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

#pragma warning disable CA2255 // a kernel that refers to this assembly calls nothing of it before it shows its types
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Register()
    {
        Add<Tensor>((MimeType.Text, TensorFormat.Of));
        Add<HiddenStates>((MimeType.Text, TensorFormat.Of));
        Add<Clip>((MimeType.Html, ClipFormat.Html), (MimeType.Text, ClipFormat.Text));
        Add<IEnumerable<Clip>>(ObjectTable.Of);
        Add<IEnumerable<MimicCeiling>>(ObjectTable.Of);
        Add<Corpus>(ReportFormat.Of);
        Add<LayerCurve>(ReportFormat.Of);
        Add<ExtractionReport>(ReportFormat.Of);
        Add<FeatureTable>(ReportFormat.Of);
        Add<Scores>(ReportFormat.Of);
        Add<FigureTable>(ShownTable.Of);
        Add<TabularDataResource>(ObjectTable.Of);
        Add<Figure>((MimeType.Html, FigureHtml.Of), (MimeType.Text, figure => figure.Summary));
        Add<HtmlContent>((MimeType.Html, html => html.Markup), (MimeType.Text, html => html.Markup));
        Add<PlotlyScript>((MimeType.Html, script => script.Markup), (MimeType.Text, _ => PlotlyScript.Message));
        Add<ClaimOutcome>((MimeType.Html, ClaimHtml), (MimeType.Text, claim => claim.ToString()), (MimeType.Claim, Json));
        Add<RecordedResult>((MimeType.Text, result => result.ToString()), (MimeType.Result, Json));
        Form<Figure>(MimeType.Plotly, figure => figure.IsPicture ? null : figure.ToPlotlyJson());
    }

    private static void Add<T>(Func<T, ShownTable> table) => Add<T>((MimeType.Html, value => table(value).ToHtml()), (MimeType.Text, value => table(value).ToText()));

    private static void Add<T>(params (string MimeType, Func<T, string?> Write)[] forms)
    {
        foreach (var (mimeType, write) in forms) Form(mimeType, write);
        Formatter.SetPreferredMimeTypesFor(typeof(T), [.. forms.Select(form => form.MimeType)]);
    }

    private static void Form<T>(string mimeType, Func<T, string?> write) => Formatter.Register<T>(
        (value, context) =>
        {
            if (value is null || write(value) is not { } text) return false;
            context.Writer.Write(text);
            return true;
        },
        mimeType);

    // Green and red that stand out from light and from dark pages; the sign says the same without colour.
    private static string ClaimHtml(ClaimOutcome claim)
    {
        var (sign, colour, word) = claim.Passed ? ("✓", "#2a9d4a", "holds") : ("✗", "#e5383b", "does not hold");
        return $"<div style=\"border-left:3px solid {colour};padding:.2em .7em\"><b style=\"color:{colour}\" role=\"img\" aria-label=\"{word}\">{sign}</b> {HtmlEncode(claim.Text)}{(claim.FalseIf is null ? "" : $"<div style=\"opacity:.7;font-size:90%\">It would be false if {HtmlEncode(claim.FalseIf)}.</div>")}</div>";
    }

    private static string Json(ClaimOutcome claim)
    {
        var json = new JsonObject { ["text"] = claim.Text, ["passed"] = claim.Passed };
        if (claim.FalseIf is not null) json["false_if"] = claim.FalseIf;
        return json.ToJsonString(Readable);
    }

    private static string Json(RecordedResult result) => new JsonObject { ["name"] = result.Name, ["value"] = result.Value.DeepClone() }.ToJsonString();
}

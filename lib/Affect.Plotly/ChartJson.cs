namespace Affect.Plotly;

/// <summary>Charts of Plotly.NET from and to the JSON that plotly.js reads: <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
public static class ChartJson
{
    /// <summary>A chart from its JSON, as <see cref="Notebook.Figure.ToPlotlyJson"/> and <see cref="Text"/> write it.</summary>
    /// <param name="json">One object; <c>layout</c> and <c>config</c> may be left out.</param>
    /// <exception cref="FormatException">It is no such object.</exception>
    public static GenericChart Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonObject chart;
        try
        {
            chart = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("it is no object");
        }
        catch (JsonException error)
        {
            throw new FormatException($"A chart must be a JSON object with data, layout and config, but is not: {error.Message}", error);
        }
        if (chart["data"] is not JsonArray data || !data.All(trace => trace is JsonObject)) throw new FormatException("A chart must have its traces in 'data', a list of objects, but has not.");
        return GenericChart.NewMultiChart(
            ListModule.OfSeq<Trace>(data.Select(trace => NewTrace(trace!.AsObject()))),
            Filled(new Layout(), chart["layout"] as JsonObject),
            Filled(new Config(), chart["config"] as JsonObject),
            // Where the chart is written as a page: without a library from the net, as Plotly.NET's default has it.
            DisplayOptions.setPlotlyReference(PlotlyJSReference.NoReference).Invoke(new DisplayOptions()));
    }

    /// <summary>A chart as JSON.</summary>
    /// <param name="chart">The chart.</param>
    public static string Text(GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return GenericChart.toJson(chart);
    }

    private static Trace2D NewTrace(JsonObject json) => Filled(new Trace2D((string?)json["type"] ?? "scatter"), json);

    private static T Filled<T>(T target, JsonObject? json)
        where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in json ?? [])
            if (!(target is Trace && name == "type")) target.SetProperty(name, Value(name, value));
        return target;
    }

    private static object? Value(string name, JsonNode? value) => value switch
    {
        JsonObject json => Filled(Typed(name), json),
        JsonArray list when name == "annotations" => list.Select(item => Filled(new Annotation(), item as JsonObject)).ToArray(),
        JsonArray list when name == "shapes" => list.Select(item => Filled(new Shape(), item as JsonObject)).ToArray(),
        JsonArray list => list.Select(item => Value("", item)).ToArray(),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => (string)text!,
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => number.TryGetValue<long>(out var whole) ? (object)whole : number.GetValue<double>(),
        JsonValue flag => (bool)flag,
        null => null,
        _ => throw new FormatException($"'{name}' must be JSON, but is {value}."),
    };

    // Plotly.NET changes a part in its own type, and puts a new one in the place of any other: an axis would lose all but what is changed.
    private static DynamicObj.DynamicObj Typed(string name) => name switch
    {
        "title" => new Title(),
        "font" or "tickfont" or "titlefont" or "textfont" => new Font(),
        "margin" => new Margin(),
        "legend" => new Legend(),
        "hoverlabel" => new Hoverlabel(),
        "coloraxis" => new ColorAxis(),
        "colorbar" => new ColorBar(),
        "marker" => new Marker(),
        "line" => new Line(),
        "error_x" or "error_y" => new Error(),
        _ when name.StartsWith("xaxis", StringComparison.Ordinal) || name.StartsWith("yaxis", StringComparison.Ordinal) => new LinearAxis(),
        _ => new DynamicObj.DynamicObj(),
    };
}

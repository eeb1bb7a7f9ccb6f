namespace Affect.Pretraining.Hubert;

/// <summary>Thousands of steps as a few columns of short numbers: four digits say all there is to say of a loss.</summary>
internal sealed class PretrainingStepsJson : JsonConverter<IReadOnlyList<PretrainingStep>>
{
    public override IReadOnlyList<PretrainingStep> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var (loss, norm) = (Numbers(Column(document, "loss")), Numbers(Column(document, "gradient_norm")));
        var (masked, unmasked, accuracy) = (Rows("masked"), Rows("unmasked"), Rows("accuracy"));
        if (masked.Concat(unmasked).Concat(accuracy).Append(norm).Any(column => column.Length != loss.Length)) throw new JsonException("the columns of its steps are not of one length");
        return [.. loss.Select((value, step) => new PretrainingStep(step + 1, value, At(masked, step), At(unmasked, step), At(accuracy, step), norm[step]))];

        double[][] Rows(string name) => [.. Column(document, name).EnumerateArray().Select(Numbers)];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<PretrainingStep> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        Write(writer, "loss", value.Select(step => step.Loss));
        Write(writer, "gradient_norm", value.Select(step => step.GradientNorm));
        Write(writer, "masked", value, step => step.Masked);
        Write(writer, "unmasked", value, step => step.Unmasked);
        Write(writer, "accuracy", value, step => step.Accuracy);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<PretrainingStep> steps, Func<PretrainingStep, IReadOnlyList<double>> values)
    {
        writer.WriteStartArray(name);
        for (var book = 0; book < (steps.Count == 0 ? 0 : values(steps[0]).Count); book++) Write(writer, null, steps.Select(step => values(step)[book]));
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string? name, IEnumerable<double> values)
    {
        if (name is null) writer.WriteStartArray();
        else writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteRawValue(value.ToString("G4", CultureInfo.InvariantCulture));
        writer.WriteEndArray();
    }

    private static JsonElement Column(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var column) && column.ValueKind == JsonValueKind.Array
            ? column
            : throw new JsonException($"its steps have no '{name}'");

    private static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(number => number.GetDouble())];

    private static double[] At(double[][] columns, int step) => [.. columns.Select(column => column[step])];
}

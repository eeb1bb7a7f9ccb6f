namespace Affect.Tests;

/// <summary>Values as our kernel shows them: by every formatter that is registered for their type, and by what they are where there is none.</summary>
internal static class Shown
{
    // What is told of a type's formatters is told when the library is there.
    static Shown() => RuntimeHelpers.RunModuleConstructor(typeof(Claim).Module.ModuleHandle);

    public static IReadOnlyDictionary<string, JsonNode> Forms(object? value)
    {
        var registered = Formatter.RegisteredFormatters(includeDefaults: false).Where(formatter => value is not null && formatter.Type.IsInstanceOfType(value)).ToList();
        if (registered.Count == 0) return GeneralFormat.Of(value);
        var forms = new Dictionary<string, JsonNode>();
        foreach (var mimeType in registered.Select(formatter => formatter.MimeType).Distinct())
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            using var context = new FormatContext(writer);
            if (Formatter.GetPreferredFormatterFor(value!.GetType(), mimeType).Format(value, context))
                forms.Add(mimeType, mimeType.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(writer.ToString())! : writer.ToString());
        }
        return forms;
    }

    public static string Text(object? value) => Forms(value)["text/plain"].ToString();
}

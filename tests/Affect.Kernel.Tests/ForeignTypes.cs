namespace Elsewhere;

/// <summary>Another library's attribute of the package's name: nothing but the name is shared.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>A type of a library that knows the package only by hearsay.</summary>
[TypeFormatterSource(typeof(MoleculeFormatters), PreferredMimeTypes = ["text/html"])]
public class Molecule(string formula)
{
    public string Formula { get; } = formula;
}

/// <summary>Shown as its base is.</summary>
public sealed class Isomer(string formula) : Molecule(formula);

/// <summary>A type of a library that refers to the package.</summary>
[Microsoft.DotNet.Interactive.Formatting.TypeFormatterSource(typeof(CrystalFormatters), PreferredMimeTypes = ["text/html"])]
public sealed class Crystal(string formula)
{
    public string Formula { get; } = formula;
}

/// <summary>What a cell leaves to the test.</summary>
public static class SharedDisplay
{
    public static DisplayedValue? Shown { get; set; }

    /// <summary>Long work of a library, which asks no token but reports its progress.</summary>
    public static void ShowForEver()
    {
        var shown = new DisplayedValue("", [new FormattedValue("text/plain", "")]);
        while (true) shown.Update("more");
    }
}

public sealed class CrystalFormatters : ITypeFormatterSource
{
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<Crystal>((crystal, context) => context.Writer.Write($"<i>{crystal.Formula}</i>")),
        new JsonForm(),
    ];

    private sealed class JsonForm : TypeFormatter<Crystal>
    {
        public override string MimeType => "application/vnd.molecule+json";

        public override bool Format(Crystal value, FormatContext context)
        {
            context.Writer.Write(new JsonObject { ["formula"] = value.Formula }.ToJsonString());
            return true;
        }
    }
}

public sealed class MoleculeFormatters
{
    public IEnumerable<object> CreateTypeFormatters()
    {
        yield return new Form("text/html", _ => null);
        yield return new Form("text/html", molecule => $"<i>{molecule.Formula}</i>");
        yield return new TypedForm("application/vnd.molecule+json", molecule => $"{{\"formula\": \"{molecule.Formula}\"}}");
        yield return "not a formatter";
    }

    // Declines where it has nothing to write.
    private class Form(string mime, Func<Molecule, string?> write)
    {
        public string MimeType => mime;

        public bool Format(object instance, TextWriter writer)
        {
            var text = write((Molecule)instance);
            writer.Write(text);
            return text is not null;
        }
    }

    private sealed class TypedForm(string mime, Func<Molecule, string?> write) : Form(mime, write)
    {
        public Type Type => typeof(Molecule);
    }
}

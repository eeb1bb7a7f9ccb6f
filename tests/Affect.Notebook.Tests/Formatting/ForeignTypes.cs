namespace Elsewhere;

/// <summary>Another library's attribute of the same name: nothing but the name is shared.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

[TypeFormatterSource(typeof(MoleculeFormatters), PreferredMimeTypes = ["text/html"])]
internal class Molecule(string formula)
{
    public string Formula { get; } = formula;
}

/// <summary>Shown as its base is.</summary>
internal sealed class Isomer(string formula) : Molecule(formula);

internal sealed class MoleculeFormatters
{
    public IEnumerable<object> CreateTypeFormatters()
    {
        yield return new Declining();
        yield return new Html();
        yield return new Json();
        yield return "not a formatter";
    }

    private sealed class Declining
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer) => false;
    }

    private sealed class Html
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write($"<i>{((Molecule)instance).Formula}</i>");
            return true;
        }
    }

    private sealed class Json
    {
        public string MimeType => "application/vnd.molecule+json";

        public Type Type => typeof(Molecule);

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write($"{{\"formula\": \"{((Molecule)instance).Formula}\"}}");
            return true;
        }
    }
}

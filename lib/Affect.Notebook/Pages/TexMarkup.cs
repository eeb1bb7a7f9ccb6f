namespace Affect.Notebook.Pages;

/// <summary>Turns the TeX of formulas into MathML, which browsers draw by themselves: fractions, roots, sums, indices, Greek, accents.</summary>
/// <remarks>What it does not know, as environments, is shown as it was written: readable without a network either way.</remarks>
internal sealed class TexMarkup
{
    private const char End = '\0';
    private const string Nothing = "<mrow></mrow>";

    private readonly string tex;
    private readonly bool isBlock;
    private int at;

    private TexMarkup(string tex, bool isBlock) => (this.tex, this.isBlock) = (tex, isBlock);

    /// <summary>A formula as markup.</summary>
    /// <param name="tex">The formula, without its dollars.</param>
    /// <param name="isBlock">Whether it stands by itself.</param>
    internal static string Of(string tex, bool isBlock)
    {
        var name = HtmlEncode(tex.Trim());
        try
        {
            return $"<math{(isBlock ? " display=\"block\"" : "")} aria-label=\"{name}\">{new TexMarkup(tex, isBlock).Row(End)}</math>";
        }
        catch (FormatException)
        {
            return isBlock ? $"<pre><code>{name}</code></pre>" : $"<code>{name}</code>";
        }
    }

    // The next character that is no blank.
    private char Next()
    {
        while (at < tex.Length && char.IsWhiteSpace(tex[at])) at++;
        return at < tex.Length ? tex[at] : End;
    }

    private string Row(char end)
    {
        var row = new StringBuilder();
        for (var next = Next(); next != end; next = Next())
        {
            if (next == End) throw new FormatException("a brace is not closed");
            row.Append(Scripted());
        }
        at++;
        return $"<mrow>{row}</mrow>";
    }

    // An atom with whatever stands below and above it.
    private string Scripted()
    {
        var start = at;
        var (atom, hasLimits) = tex[at] is '^' or '_' ? (Nothing, false) : Atom();
        var isFunction = TexSymbols.Functions.Contains(tex[start..at].TrimStart('\\'));
        string? below = null, above = null;
        for (var sign = Next(); sign == '_' && below is null || sign is '^' or '\'' && above is null; sign = Next())
        {
            at++;
            if (sign == '_') below = Argument();
            else above = sign == '^' ? Argument() : "<mo>′</mo>";
        }
        var (under, over, both) = hasLimits && isBlock ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        var whole = (below, above) switch
        {
            (null, null) => atom,
            ({ } low, null) => $"<{under}>{atom}{low}</{under}>",
            (null, { } high) => $"<{over}>{atom}{high}</{over}>",
            ({ } low, { } high) => $"<{both}>{atom}{low}{high}</{both}>",
        };
        // log p, but sin(x): a function stands a little apart from the letter that follows.
        return isFunction && Next() is not (End or '(') ? $"{whole}<mspace width=\"0.17em\"/>" : whole;
    }

    private string Argument()
    {
        var next = Next();
        if (next == End) throw new FormatException("an argument is missing");
        // Without braces an argument is one digit: \tfrac12 is a half.
        return char.IsAsciiDigit(next) ? $"<mn>{tex[at++]}</mn>" : Atom().Markup;
    }

    private (string Markup, bool HasLimits) Atom()
    {
        var from = at;
        var first = tex[at++];
        switch (first)
        {
            case '{':
                return (Row('}'), false);
            case '\\':
                return Command();
            case '}' or '&' or '$' or '%':
                throw new FormatException($"'{first}' has no meaning here");
            case >= '0' and <= '9':
                while (at < tex.Length && (char.IsAsciiDigit(tex[at]) || tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))) at++;
                return ($"<mn>{tex[from..at]}</mn>", false);
            default:
                var sign = first switch { '-' => "−", '*' => "∗", _ => $"{first}" };
                return (char.IsLetter(first) ? $"<mi>{first}</mi>" : TexSymbols.Operator(sign), false);
        }
    }

    private (string Markup, bool HasLimits) Command()
    {
        var name = Name();
        if (TexSymbols.Large.TryGetValue(name, out var large)) return ($"<mo>{large}</mo>", true);
        if (TexSymbols.Functions.Contains(name)) return ($"<mi>{name}</mi>", name is "max" or "min" or "sup" or "inf" or "lim");
        if (name != "operatorname") return (TexSymbols.Plain.GetValueOrDefault(name) ?? Built(name), false);
        var hasLimits = at < tex.Length && tex[at] == '*';
        if (hasLimits) at++;
        return ($"<mi mathvariant=\"normal\">{HtmlEncode(Words())}</mi>", hasLimits);
    }

    private string Built(string command) => command switch
    {
        "frac" or "dfrac" or "tfrac" => $"<mfrac>{Argument()}{Argument()}</mfrac>",
        "sqrt" => $"<msqrt>{Argument()}</msqrt>",
        "text" or "textrm" or "mathrm" or "textit" or "mathit" or "texttt" or "mathtt" or "mathsf" => $"<mtext>{HtmlEncode(Words())}</mtext>",
        "mathbf" or "boldsymbol" or "bm" => $"<mstyle style=\"font-weight:bold\">{Argument()}</mstyle>",
        "mathbb" => Letter(TexSymbols.Blackboard, Words()),
        "mathcal" => Letter(TexSymbols.Calligraphic, Words()),
        "left" or "right" or "big" or "Big" or "bigl" or "bigr" => Bracket(),
        _ when TexSymbols.Accents.TryGetValue(command, out var accent) => $"<mover accent=\"true\">{Argument()}<mo>{accent}</mo></mover>",
        _ => throw new FormatException($"\\{command} is not known"),
    };

    private string Name()
    {
        var from = at;
        while (at < tex.Length && char.IsAsciiLetter(tex[at])) at++;
        if (at == from) at++;
        return at <= tex.Length ? tex[from..at] : throw new FormatException("a command has no name");
    }

    private string Bracket()
    {
        var next = Next();
        if (next == End) throw new FormatException("a bracket is missing");
        if (next != '.') return Atom().Markup.Replace(TexSymbols.Rigid, "", StringComparison.Ordinal);
        at++;
        return Nothing;
    }

    // The words between braces, as they are.
    private string Words()
    {
        var end = Next() == '{' ? tex.IndexOf('}', at) : -1;
        if (end < 0) throw new FormatException("a brace is missing");
        var words = tex[(at + 1)..end];
        at = end + 1;
        // Blanks at the ends of a text count, and markup would drop them.
        return words.Replace("\\_", "_", StringComparison.Ordinal).Replace(' ', '\u00a0');
    }

    private static string Letter(FrozenDictionary<string, string> letters, string word) => $"<mi>{letters.GetValueOrDefault(word, word)}</mi>";
}

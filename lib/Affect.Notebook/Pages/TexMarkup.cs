namespace Affect.Notebook.Pages;

/// <summary>Turns the TeX of formulas into MathML, which browsers draw by themselves: fractions, roots, sums, indices, Greek, accents.</summary>
/// <remarks>What it does not know, as environments, is shown as it was written: readable without a network either way.</remarks>
internal sealed class TexMarkup
{
    private const string Rigid = " stretchy=\"false\"";

    private readonly string tex;
    private readonly bool isBlock;
    private int at;

    private TexMarkup(string tex, bool isBlock) => (this.tex, this.isBlock) = (tex, isBlock);

    /// <summary>A formula as markup.</summary>
    /// <param name="tex">The formula, without its dollars.</param>
    /// <param name="isBlock">Whether it stands by itself.</param>
    internal static string Of(string tex, bool isBlock)
    {
        var name = HtmlText.Escape(tex.Trim());
        try
        {
            var reader = new TexMarkup(tex, isBlock);
            var row = reader.Row(until: '\0');
            return $"<math{(isBlock ? " display=\"block\"" : "")} aria-label=\"{name}\">{row}</math>";
        }
        catch (FormatException)
        {
            return isBlock ? $"<pre><code>{name}</code></pre>" : $"<code>{name}</code>";
        }
    }

    private string Row(char until)
    {
        var row = new StringBuilder("<mrow>");
        while (true)
        {
            SkipSpace();
            if (at >= tex.Length)
            {
                if (until != '\0') throw new FormatException("a brace is not closed");
                break;
            }
            if (tex[at] == until)
            {
                at++;
                break;
            }
            row.Append(Scripted());
        }
        return row.Append("</mrow>").ToString();
    }

    // An atom with whatever stands below and above it.
    private string Scripted()
    {
        var start = at;
        var (atom, hasLimits) = tex[at] is '^' or '_' ? ("<mrow></mrow>", false) : Atom();
        // log p, but sin(x): a function stands a little apart from the letter that follows.
        var apart = TexSymbols.Functions.Contains(tex[start..at].TrimStart('\\')) ? "<mspace width=\"0.17em\"/>" : "";
        string? below = null, above = null;
        while (true)
        {
            SkipSpace();
            if (at < tex.Length && tex[at] == '_' && below is null) below = Script();
            else if (at < tex.Length && tex[at] == '^' && above is null) above = Script();
            else if (at < tex.Length && tex[at] == '\'' && above is null)
            {
                at++;
                above = "<mo>′</mo>";
            }
            else break;
        }
        var (under, over, both) = hasLimits && isBlock ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        return apart.Length == 0 || at >= tex.Length || tex[at] == '(' ? Whole() : Whole() + apart;

        string Whole() => (below, above) switch
        {
            (null, null) => atom,
            ({ } low, null) => $"<{under}>{atom}{low}</{under}>",
            (null, { } high) => $"<{over}>{atom}{high}</{over}>",
            ({ } low, { } high) => $"<{both}>{atom}{low}{high}</{both}>",
        };
    }

    private string Script()
    {
        at++;
        return Argument();
    }

    private string Argument()
    {
        SkipSpace();
        if (at >= tex.Length) throw new FormatException("an argument is missing");
        // Without braces an argument is one digit: \tfrac12 is a half.
        return char.IsAsciiDigit(tex[at]) ? $"<mn>{tex[at++]}</mn>" : Atom().Markup;
    }

    private (string Markup, bool HasLimits) Atom()
    {
        var c = tex[at];
        switch (c)
        {
            case '{':
                at++;
                return (Row(until: '}'), false);
            case '\\':
                return Command();
            case '}' or '&' or '$' or '%':
                throw new FormatException($"'{c}' has no meaning here");
            case >= '0' and <= '9':
                var from = at;
                while (at < tex.Length && (char.IsAsciiDigit(tex[at]) || tex[at] == '.' && at + 1 < tex.Length && char.IsAsciiDigit(tex[at + 1]))) at++;
                return ($"<mn>{tex[from..at]}</mn>", false);
            default:
                at++;
                return (char.IsLetter(c) ? $"<mi>{c}</mi>" : Sign(c == '-' ? "−" : c == '*' ? "∗" : c.ToString()), false);
        }
    }

    private (string Markup, bool HasLimits) Command()
    {
        var from = ++at;
        while (at < tex.Length && char.IsAsciiLetter(tex[at])) at++;
        if (at == from) at++;
        if (at > tex.Length) throw new FormatException("a command has no name");
        var name = tex[from..at];
        if (TexSymbols.Letters.TryGetValue(name, out var letter)) return ($"<mi>{letter}</mi>", false);
        if (TexSymbols.Operators.TryGetValue(name, out var sign)) return (Sign(sign), false);
        if (TexSymbols.Large.TryGetValue(name, out var large)) return ($"<mo>{large}</mo>", true);
        if (TexSymbols.Functions.Contains(name)) return ($"<mi>{name}</mi>", name is "max" or "min" or "sup" or "inf" or "lim");
        if (TexSymbols.Accents.TryGetValue(name, out var accent)) return ($"<mover accent=\"true\">{Argument()}<mo>{accent}</mo></mover>", false);
        if (TexSymbols.Spaces.TryGetValue(name, out var width)) return ($"<mspace width=\"{width}\"/>", false);
        switch (name)
        {
            case "frac" or "dfrac" or "tfrac":
                return ($"<mfrac>{Argument()}{Argument()}</mfrac>", false);
            case "sqrt":
                return ($"<msqrt>{Argument()}</msqrt>", false);
            case "text" or "textrm" or "mathrm" or "textit" or "mathit" or "texttt" or "mathtt" or "mathsf":
                return ($"<mtext>{HtmlText.Escape(Words())}</mtext>", false);
            case "operatorname":
                var hasLimits = at < tex.Length && tex[at] == '*';
                if (hasLimits) at++;
                return ($"<mi mathvariant=\"normal\">{HtmlText.Escape(Words())}</mi>", hasLimits);
            case "mathbf" or "boldsymbol" or "bm":
                return ($"<mstyle style=\"font-weight:bold\">{Argument()}</mstyle>", false);
            case "mathbb" or "mathcal":
                return ($"<mi>{Styled(name, Words())}</mi>", false);
            case "left" or "right" or "big" or "Big" or "bigl" or "bigr":
                SkipSpace();
                if (at >= tex.Length) throw new FormatException("a bracket is missing");
                return tex[at] == '.' ? Nothing() : (Atom().Markup.Replace(Rigid, "", StringComparison.Ordinal), false);
            default:
                throw new FormatException($"\\{name} is not known");
        }
    }

    // As TeX does it: brackets grow only where they are told to.
    private static string Sign(string sign) => $"<mo{(sign is "(" or ")" or "[" or "]" or "{" or "}" or "|" or "‖" or "/" ? Rigid : "")}>{HtmlText.Escape(sign)}</mo>";

    private (string Markup, bool HasLimits) Nothing()
    {
        at++;
        return ("<mrow></mrow>", false);
    }

    // The words between braces, as they are.
    private string Words()
    {
        SkipSpace();
        if (at >= tex.Length || tex[at] != '{') throw new FormatException("a brace is missing");
        var end = tex.IndexOf('}', at);
        if (end < 0) throw new FormatException("a brace is not closed");
        var words = tex[(at + 1)..end];
        at = end + 1;
        // Blanks at the ends of a text count, and markup would drop them.
        return words.Replace("\\_", "_", StringComparison.Ordinal).Replace(' ', '\u00a0');
    }

    private static string Styled(string style, string words) => style == "mathbb"
        ? words switch { "R" => "ℝ", "N" => "ℕ", "Z" => "ℤ", "E" => "𝔼", "P" => "ℙ", "1" => "𝟙", _ => words }
        : words switch { "L" => "ℒ", "H" => "ℋ", "F" => "ℱ", "M" => "ℳ", "N" => "𝒩", "D" => "𝒟", "X" => "𝒳", "O" => "𝒪", _ => words };

    private void SkipSpace()
    {
        while (at < tex.Length && char.IsWhiteSpace(tex[at])) at++;
    }
}

namespace Affect.Notebook.Pages;

/// <summary>Colours C# for reading: comments, strings, numbers, keywords. It need not compile.</summary>
internal static partial class CSharpMarkup
{
    /// <summary>The code as markup, every character of it escaped.</summary>
    internal static string Of(string code)
    {
        var html = new StringBuilder();
        var done = 0;
        foreach (Match token in Token().Matches(code))
        {
            html.Append(HtmlText.Escape(code[done..token.Index]));
            var kind = token.Groups["comment"].Success ? "c" : token.Groups["text"].Success ? "s" : token.Groups["number"].Success ? "n" : token.Groups["key"].Success ? "k" : "";
            html.Append(kind.Length > 0 ? $"<span class=\"{kind}\">{HtmlText.Escape(token.Value)}</span>" : HtmlText.Escape(token.Value));
            done = token.Index + token.Length;
        }
        return html.Append(HtmlText.Escape(code[done..])).ToString();
    }

    // In this order: a quote within a comment begins no string, a slash within a string no comment; a word that is no keyword is taken whole.
    [GeneratedRegex(
        """"
        (?<comment>//[^\n]*|/\*.*?(\*/|\z)|^[ \t]*\#[^\n]*)
        |(?<text>\$*"""[\s\S]*?"""|(\$@|@\$|@)"([^"]|"")*"?|\$?"(\\.|[^"\\\n])*"?|'(\\.|[^'\\\n])+')
        |(?<number>\b(0x[0-9a-fA-F_]+|\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d+)?[fFdDmMuUlL]*)\b)
        |(?<key>\b(abstract|and|as|async|await|base|bool|break|byte|case|catch|char|class|const|continue|decimal|default|do|double|else|enum|false|finally|float|for|foreach|from|get|if|in|init|int|interface|internal|is|let|long|namespace|new|not|null|object|operator|or|orderby|out|override|params|private|protected|public|readonly|record|ref|return|sbyte|sealed|select|set|short|static|string|struct|switch|this|throw|true|try|typeof|uint|ulong|using|var|virtual|void|when|where|while|with|yield)\b)
        |[A-Za-z_]\w*
        """",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();
}

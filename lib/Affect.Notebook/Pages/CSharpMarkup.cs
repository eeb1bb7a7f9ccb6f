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
            html.Append(HtmlEncode(code[done..token.Index]));
            // The groups are called as the style sheet calls their colours.
            var kind = token.Groups.Values.Skip(1).FirstOrDefault(group => group.Success)?.Name;
            html.Append(kind is null ? HtmlEncode(token.Value) : $"<span class=\"{kind}\">{HtmlEncode(token.Value)}</span>");
            done = token.Index + token.Length;
        }
        return html.Append(HtmlEncode(code[done..])).ToString();
    }

    // In this order: a quote within a comment begins no string, a slash within a string no comment; a word that is no keyword is taken whole.
    [GeneratedRegex(
        """"
        (?<c>//[^\n]*|/\*.*?(\*/|\z)|^[ \t]*\#[^\n]*)
        |(?<s>\$*"""[\s\S]*?"""|(\$@|@\$|@)"([^"]|"")*"?|\$?"(\\.|[^"\\\n])*"?|'(\\.|[^'\\\n])+')
        |(?<n>\b(0x[0-9a-fA-F_]+|\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d+)?[fFdDmMuUlL]*)\b)
        |(?<k>\b(abstract|and|as|async|await|base|bool|break|byte|case|catch|char|class|const|continue|decimal|default|do|double|else|enum|false|finally|float|for|foreach|from|get|if|in|init|int|interface|internal|is|let|long|namespace|new|not|null|object|operator|or|orderby|out|override|params|private|protected|public|readonly|record|ref|return|sbyte|sealed|select|set|short|static|string|struct|switch|this|throw|true|try|typeof|uint|ulong|using|var|virtual|void|when|where|while|with|yield)\b)
        |[A-Za-z_]\w*
        """",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Token();
}

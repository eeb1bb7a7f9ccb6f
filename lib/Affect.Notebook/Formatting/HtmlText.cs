namespace Affect.Notebook.Formatting;

/// <summary>Text inside markup.</summary>
internal static class HtmlText
{
    /// <summary>Text that is shown and not obeyed.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(text);
}

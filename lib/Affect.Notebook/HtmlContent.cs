namespace Affect.Notebook;

/// <summary>Markup that is shown as it is.</summary>
/// <param name="Markup">HTML, not escaped.</param>
/// <remarks>
/// What <c>HTML(...)</c> in our notebooks gives. .NET Interactive's own gives a type of an assembly of which it holds two versions, and its compiler says so
/// in each cell.
/// </remarks>
public sealed record HtmlContent(string Markup)
{
    /// <summary>The markup.</summary>
    public override string ToString() => Markup;
}

namespace Affect.Notebook.Pages;

/// <summary>A piece of a page.</summary>
public abstract record PageBlock
{
    private protected PageBlock()
    {
    }
}

namespace Affect.Notebook;

/// <summary>Something that a cell has shown and may show anew in the same place.</summary>
public sealed class DisplayedValue
{
    private readonly IDisplayTarget target;
    private readonly string[] mimeTypes;

    private DisplayedValue(IDisplayTarget target, string[] mimeTypes)
    {
        (this.target, this.mimeTypes) = (target, mimeTypes);
        DisplayId = Guid.NewGuid().ToString("N");
    }

    /// <summary>The name that the notebook knows it by.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in its place.</summary>
    /// <param name="updatedValue">The new value.</param>
    public void Update(object? updatedValue) => target.Update(Formatter.Format(updatedValue, mimeTypes), DisplayId);

    /// <summary>Shows a value on the target of the moment.</summary>
    internal static DisplayedValue Show(object? value, params string[] mimeTypes)
    {
        var shown = new DisplayedValue(DisplayTarget.Current, mimeTypes);
        shown.target.Show(Formatter.Format(value, mimeTypes), shown.DisplayId);
        return shown;
    }
}

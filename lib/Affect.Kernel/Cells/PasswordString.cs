namespace Affect.Kernel.Cells;

/// <summary>A text that is not shown by accident: as a cell's value it is stars.</summary>
public sealed class PasswordString
{
    private readonly string text;

    internal PasswordString(string text) => this.text = text;

    /// <summary>The text itself.</summary>
    public string GetClearTextPassword() => text;

    /// <inheritdoc/>
    public override string ToString() => new('*', 8);
}

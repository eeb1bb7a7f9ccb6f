namespace Affect.Fusion;

/// <summary>One modality that a fusion takes.</summary>
/// <param name="Name">As in <c>acoustic</c>, <c>visual</c>, <c>lexical</c>; any name that is a file name's part.</param>
/// <param name="Size">How many numbers its features have.</param>
public sealed record ModalityInput(string Name, int Size)
{
    /// <summary>As in <c>acoustic</c>, <c>visual</c>, <c>lexical</c>.</summary>
    public string Name { get; } = Checked(Name);

    /// <summary>How many numbers its features have, at least 1.</summary>
    public int Size { get; } = Require.AtLeast(1, Size);

    /// <summary>The name that the MER2024 baseline's weights have for it.</summary>
    internal string Theirs => Name switch
    {
        "acoustic" => "audio",
        "lexical" => "text",
        "visual" => "video",
        var other => other,
    };

    private static string Checked(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
            ? name
            : throw new ArgumentException($"name must be of letters, digits, '-' and '_', but is '{name}'.", nameof(name));
    }
}

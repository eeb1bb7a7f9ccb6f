namespace Affect.Text;

/// <summary>How a family of tokenizers puts special tokens around texts, and what its settings call them.</summary>
/// <param name="StartNames">The settings' names of the token before a text, the first counts most.</param>
/// <param name="EndNames">The settings' names of the token after a text, alike.</param>
/// <param name="SeparatorsInPair">How many end tokens stand between the texts of a pair.</param>
/// <param name="TellsTypesApart">Whether the second text of a pair has a token type of its own.</param>
internal sealed record TokenizerFamily(string[] StartNames, string[] EndNames, int SeparatorsInPair, bool TellsTypesApart)
{
    internal static TokenizerFamily Bert { get; } = new(["cls_token"], ["sep_token"], SeparatorsInPair: 1, TellsTypesApart: true);

    internal static TokenizerFamily Roberta { get; } =
        new(["cls_token", "bos_token"], ["sep_token", "eos_token"], SeparatorsInPair: 2, TellsTypesApart: false);

    internal static TokenizerFamily CLIP { get; } = new(["bos_token"], ["eos_token"], SeparatorsInPair: 2, TellsTypesApart: false);

    /// <summary>Each name of a role, with its token.</summary>
    internal IEnumerable<(string Name, SpecialToken Token)> Names(SpecialRoles roles)
    {
        foreach (var name in StartNames) yield return (name, roles.Start);
        foreach (var name in EndNames) yield return (name, roles.End);
        yield return ("unk_token", roles.Unknown);
        yield return ("pad_token", roles.Pad);
        if (roles.Mask is not null) yield return ("mask_token", roles.Mask);
    }
}

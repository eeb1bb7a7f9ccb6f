namespace Affect.Adapters.Lora;

/// <summary>Where low-rank updates usually go: the query and value projections (arXiv:2106.09685, section 7.1), under the names of several families of models.</summary>
internal static class LoraTargets
{
    internal static IReadOnlyList<string> Usual { get; } = ["q_proj", "v_proj", "query", "value"];
}

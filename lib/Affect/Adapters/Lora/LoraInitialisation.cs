namespace Affect.Adapters.Lora;

/// <summary>What the two factors of a low-rank update are at the start, and what of it is taken off the frozen weight for the sum to be the same.</summary>
public enum LoraInitialisation
{
    /// <summary><c>A</c> random, <c>B</c> 0; nothing is taken off.</summary>
    Standard,

    /// <summary>The weight's largest singular values and their vectors (Meng et al., <em>PiSSA</em>, arXiv:2404.02948, section 3), which are taken off.</summary>
    Pissa,

    /// <summary>The first columns and rows of the weight's QR decomposition (Büyükakyüz, <em>OLoRA</em>, arXiv:2406.01775, section 3), taken off times the scale.</summary>
    Olora,
}

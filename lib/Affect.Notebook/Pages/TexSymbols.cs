namespace Affect.Notebook.Pages;

/// <summary>The signs that TeX has names for, as far as the formulas of notebooks need them.</summary>
internal static class TexSymbols
{
    internal static FrozenDictionary<string, string> Letters { get; } = Of(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ "
        + "upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇ "
        + "hbar ℏ emptyset ∅ top ⊤");

    internal static FrozenDictionary<string, string> Operators { get; } = Of(
        "cdot · times × div ÷ pm ± le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ propto ∝ in ∈ notin ∉ subset ⊂ subseteq ⊆ cup ∪ cap ∩ setminus ∖ to → rightarrow → "
        + "leftarrow ← Rightarrow ⇒ mapsto ↦ mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ ldots … dots … cdots ⋯ "
        + "odot ⊙ oplus ⊕ otimes ⊗ circ ∘ ast ∗ star ⋆ forall ∀ exists ∃ ll ≪ gg ≫ prime ′ colon : lbrace { rbrace } { { } } | ‖ _ _ # # % % & &");

    internal static FrozenDictionary<string, string> Large { get; } = Of("sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂");

    internal static FrozenSet<string> Functions { get; } =
        ((string[])["log", "ln", "exp", "max", "min", "arg", "sin", "cos", "tan", "tanh", "det", "dim", "lim", "sup", "inf", "Pr", "gcd"]).ToFrozenSet(StringComparer.Ordinal);

    internal static FrozenDictionary<string, string> Accents { get; } = Of("hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙");

    internal static FrozenDictionary<string, string> Spaces { get; } = Of(", 0.17em : 0.22em ; 0.28em ! -0.17em quad 1em qquad 2em");

    private static FrozenDictionary<string, string> Of(string pairs) =>
        pairs.Split(' ').Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}

namespace Affect.Notebook.Pages;

/// <summary>The signs that TeX has names for, as far as the formulas of notebooks need them.</summary>
internal static class TexSymbols
{
    /// <summary>Names that stand for one piece of markup: letters, operators, spaces.</summary>
    internal static FrozenDictionary<string, string> Plain { get; } = ((IEnumerable<(string Name, string Markup)>)
    [
        .. Pairs(
            "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π "
            + "rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ "
            + "Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ nabla ∇ hbar ℏ emptyset ∅ top ⊤").Select(letter => (letter.Name, $"<mi>{letter.Sign}</mi>")),
        .. Pairs(
            "cdot · times × div ÷ pm ± le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ propto ∝ in ∈ notin ∉ subset ⊂ subseteq ⊆ "
            + "cup ∪ cap ∩ setminus ∖ to → rightarrow → leftarrow ← Rightarrow ⇒ mapsto ↦ mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ "
            + "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ ldots … dots … cdots ⋯ odot ⊙ oplus ⊕ otimes ⊗ circ ∘ ast ∗ star ⋆ "
            + "forall ∀ exists ∃ ll ≪ gg ≫ prime ′ colon : lbrace { rbrace } { { } } | ‖ _ _ # # % % & &").Select(sign => (sign.Name, Operator(sign.Sign))),
        .. Pairs(", 0.17em : 0.22em ; 0.28em ! -0.17em quad 1em qquad 2em").Select(space => (space.Name, $"<mspace width=\"{space.Sign}\"/>")),
    ]).ToFrozenDictionary(entry => entry.Name, entry => entry.Markup, StringComparer.Ordinal);

    /// <summary>Signs that have limits above and below where a formula stands by itself.</summary>
    internal static FrozenDictionary<string, string> Large { get; } = Table("sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂");

    internal static FrozenDictionary<string, string> Accents { get; } = Table("hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙");

    internal static FrozenSet<string> Functions { get; } =
        "log ln exp max min arg sin cos tan tanh det dim lim sup inf Pr gcd".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    internal static FrozenDictionary<string, string> Blackboard { get; } = Table("R ℝ N ℕ Z ℤ E 𝔼 P ℙ 1 𝟙");

    internal static FrozenDictionary<string, string> Calligraphic { get; } = Table("L ℒ H ℋ F ℱ M ℳ N 𝒩 D 𝒟 X 𝒳 O 𝒪");

    /// <summary>An operator or a bracket. As TeX does it, brackets grow only where they are told to.</summary>
    internal static string Operator(string sign) =>
        $"<mo{("()[]{}|‖/".Contains(sign, StringComparison.Ordinal) ? Rigid : "")}>{HtmlEncode(sign)}</mo>";

    /// <summary>What keeps a bracket from growing.</summary>
    internal const string Rigid = " stretchy=\"false\"";

    private static IEnumerable<(string Name, string Sign)> Pairs(string pairs) => pairs.Split(' ').Chunk(2).Select(pair => (pair[0], pair[1]));

    private static FrozenDictionary<string, string> Table(string pairs) =>
        Pairs(pairs).ToFrozenDictionary(pair => pair.Name, pair => pair.Sign, StringComparer.Ordinal);
}

namespace Affect.Adapters.PrefixTuning;

/// <summary>Learned keys and values before every attention, behind a gate that is initially shut.</summary>
/// <remarks>Li and Liang, <em>Prefix-Tuning</em>, arXiv:2101.00190; the gate is that of LLaMA-Adapter, arXiv:2303.16199 (see <c>AttentionPrefix</c>).</remarks>
public sealed record PrefixTuningConfig : AdapterConfig
{
    private const string LengthKey = "num_virtual_tokens"; // PEFT's name for it

    /// <summary>How its file is read.</summary>
    public static AdapterMethod File { get; } = AdapterMethod.Own("prefix", file => new PrefixTuningConfig { Length = file.WholeNumber(LengthKey, 16) });

    /// <summary>How many keys and values; at least 1.</summary>
    public int Length { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <inheritdoc/>
    public override string Method => "prefix";

    /// <inheritdoc/>
    public override bool Fits(string path, Module module) => module is SelfAttention;

    /// <inheritdoc/>
    public override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var attention = (SelfAttention)module;
        var weights = new AttentionPrefix(attention.HiddenSize, attention.Heads, Length, generator);
        weights.MoveTo(module.parameters().First().device);
        return new AdapterPart(module, weights, Hook, childName: "prefix");

        Action Hook()
        {
            attention.Prefix = weights;
            return () => attention.Prefix = null;
        }
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"prefix of {Length} keys and values");

    /// <inheritdoc/>
    protected internal override IEnumerable<KeyValuePair<string, JsonNode?>> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads) =>
        AdapterSettings.Fields(this, heads, new KeyValuePair<string, JsonNode?>(LengthKey, Length));
}

namespace Affect.Tests.Encoders;

public sealed class AttentionTests
{
    private static readonly BlockConfig Config = new() { HiddenSize = 12, Heads = 3, FeedForwardSize = 24 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Libtorchs_attention_is_the_formula_written_out(bool padded)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var (q, k, v) = (randn([2, 7, 12], generator: generator), randn([2, 5, 12], generator: generator), randn([2, 5, 12], generator: generator));
        var mask = padded ? FrameMask.Keys(FrameMask.Of(tensor(new long[] { 5, 3 }), 5)) : null;
        var written = Attention.Join(Attention.Explicit(Attention.Split(q, 3), Attention.Split(k, 3), Attention.Split(v, 3), mask, dropout: 0));
        Assert.InRange((Attention.Mix(q, k, v, 3, mask, dropout: 0) - written).abs().max().ToDouble(), 0, 1e-6);
    }

    [Theory]
    [InlineData("CLIP", "self_attn.q_proj self_attn.k_proj self_attn.v_proj self_attn.out_proj mlp.fc1 mlp.fc2")]
    [InlineData("Hubert", "attention.q_proj attention.k_proj attention.v_proj attention.out_proj feed_forward.intermediate_dense feed_forward.output_dense")]
    [InlineData("Bert", "attention.self.query attention.self.key attention.self.value attention.output.dense intermediate.dense output.dense")]
    [InlineData("Vit", "attention.attention.query attention.attention.key attention.attention.value attention.output.dense intermediate.dense output.dense")]
    public void A_block_computes_the_same_under_every_familys_names(string family, string maps)
    {
        using var scope = NewDisposeScope();
        var names = (BlockNames)typeof(BlockNames).GetProperty(family)!.GetValue(null)!;
        using var block = new TransformerBlock(Config with { Names = names, ActivationDropout = 0.5, Dropout = 0.5 });
        using var plain = new TransformerBlock(Config);
        Assert.Equal(maps.Split(' '), block.named_modules().Where(named => named.module is LinearMap).Select(named => named.name));
        block.eval();
        using (no_grad())
            foreach (var (ours, theirs) in LinearMaps(plain).Zip(LinearMaps(block)))
            {
                ours.weight.copy_(theirs.weight);
                ours.bias!.copy_(theirs.bias!);
            }
        var input = randn([2, 5, 12], generator: new Generator(2));
        Assert.Equal(0, (block.call(input, null) - plain.call(input, null)).abs().max().ToDouble());
        block.train();
        Assert.NotEqual(0, (block.call(input, null) - plain.call(input, null)).abs().max().ToDouble());
    }

    private static IEnumerable<LinearMap> LinearMaps(TransformerBlock block) => block.modules().OfType<LinearMap>();
}

namespace Affect.Tests.Encoders;

/// <summary>Picture encoders small enough for tests, and pictures for them.</summary>
internal static class TinyVision
{
    public static CLIPConfig CLIP { get; } = new()
    {
        ProjectionSize = 6,
        Vision = new CLIPVisionConfig { HiddenSize = 12, Layers = 2, Heads = 3, FeedForwardSize = 24, ImageSize = 16, PatchSize = 8 },
        Text = new CLIPTextConfig
        {
            VocabularySize = 20,
            MaximumTokens = 10,
            HiddenSize = 8,
            Layers = 2,
            Heads = 2,
            FeedForwardSize = 16,
            StartToken = 17,
            EndToken = 18,
            PaddingToken = 18,
        },
    };

    public static VitConfig Vit { get; } = new() { HiddenSize = 12, Layers = 2, Heads = 3, FeedForwardSize = 24, ImageSize = 16, PatchSize = 8, InitializerRange = 0.3 };

    public static IVisualEncoder Open(string kind) => kind == "clip" ? CLIPModel.Random(CLIP, seed: 1) : VitModel.Random(Vit, seed: 1);

    public static Tensor Pixels(int frames, int seed = 1)
    {
        using var generator = new Generator((ulong)seed);
        return randn([frames, 3, 16, 16], generator: generator);
    }

    public static Tensor Tokens(params long[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), new long[] { rows.Length, rows[0].Length });
}

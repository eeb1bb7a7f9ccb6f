namespace Affect.Tests.Conformance;

/// <summary>Encoders as a researcher writes them in a notebook's cell: with what the library gives to everybody, and nothing else.</summary>
internal static class CellEncoders
{
    /// <summary>Sound: windows of 25 ms through a linear map and two blocks.</summary>
    internal sealed class Windows : nn.Module, IEncoder
    {
        private readonly LinearMap map = new(400, 8);
        private readonly ModuleList<TransformerBlock> blocks = TransformerBlocks.Of(
            new BlockConfig { HiddenSize = 8, Layers = 2, Heads = 2, FeedForwardSize = 16, Dropout = 0.5 });

        internal Windows()
            : base("windows")
        {
            RegisterComponents();
            PretrainedFolder.Fresh(this, seed: 1, generator => map.weight.normal_(0, 0.3, generator));
        }

        public string Name => "windows";

        public int Layers => blocks.Count;

        public int HiddenSize => 8;

        public int SampleRate => 16_000;

        public string Fingerprint => PretrainedFolder.Fingerprint(this, Name);

        public bool NeedsEqualLengths => false;

        public int MinimumSamples => 400;

        public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null)
        {
            waveform.Shape([-1, -1], "[batch, samples]");
            Require.AtLeast(MinimumSamples, lengths.min().ToInt64(), nameof(lengths));
            var last = Require.Between(0, Layers, lastLayer ?? Layers, nameof(lastLayer));
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            using var evaluation = EvaluationMode.Of(this);
            var frames = map.call(waveform.unfold(1, 400, 320)); // [batch, frames, hidden]
            var frameLengths = (lengths - 400).div(320, RoundingMode.floor) + 1;
            var mask = FrameMask.Keys(FrameMask.Of(frameLengths, frames.shape[1]));
            return new HiddenStates(blocks.Run(frames, mask, last), frameLengths).MoveToOuterDisposeScope();
        }
    }

    /// <summary>Pictures: the mean colour of each quarter.</summary>
    internal sealed class Colours : IVisualEncoder
    {
        public string Name => "colours";

        public int Layers => 0;

        public int HiddenSize => 3;

        public int FeatureSize => 3;

        public string Fingerprint => "colours";

        public PicturePreprocessing Preprocessing => PicturePreprocessing.Vit with { Size = 16, Crop = 16 };

        public VisualStates Encode(Tensor pixels)
        {
            pixels.Shape([-1, 3, 16, 16], "[frames, 3, size, size]");
            using var scope = NewDisposeScope();
            var quarters = nn.functional.avg_pool2d(pixels, 8).flatten(2).transpose(1, 2); // [frames, 4, 3]
            var whole = quarters.mean([1], keepdim: true);
            return new VisualStates([cat([whole, quarters], 1)], whole.squeeze(1)).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
        }
    }

    /// <summary>Texts: the length of each word.</summary>
    internal sealed class WordLengths : ITextEncoder
    {
        public string Name => "word lengths";

        public int Layers => 0;

        public int HiddenSize => 1;

        public string Fingerprint => "word lengths";

        public TextStates Encode(IReadOnlyList<string> texts, int? lastLayer = null)
        {
            Require.NotEmpty(texts);
            Require.Between(0, Layers, lastLayer ?? 0, nameof(lastLayer));
            using var scope = NewDisposeScope();
            var words = texts.Select(text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
            var state = zeros(texts.Count, Math.Max(1, words.Max(row => row.Length)), 1);
            for (var text = 0; text < words.Length; text++)
                for (var word = 0; word < words[text].Length; word++) state[text, word] = words[text][word].Length;
            var mask = state.squeeze(2).ne(0).to(ScalarType.Int64);
            return new TextStates([state], mask, mask.clone()).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
        }
    }
}

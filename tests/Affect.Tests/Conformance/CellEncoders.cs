namespace Affect.Tests.Conformance;

/// <summary>Encoders as a researcher writes them in a notebook's cell: with what the library gives to everybody, and nothing else.</summary>
internal static class CellEncoders
{
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

using System.Globalization;
using Affect.Encoders;
using Affect.Encoders.Hubert;
using Affect.Encoders.Mfcc;
using Affect.Features;
using static TorchSharp.torch;

namespace Affect.Cli;

/// <summary>Which encoder a command's <c>--encoder</c> means.</summary>
internal sealed class EncoderChoice
{
    internal const string Help =
        "mfcc, random-hubert-base, random-hubert-tiny (weights drawn from --seed), or a folder with config.json and weights in the Hugging Face layout";

    private readonly Func<Device, ScalarType, IEncoder> open;

    private EncoderChoice(Func<Device, ScalarType, IEncoder> open) => this.open = open;

    /// <summary>How the encoder's frames are pooled unless the user says otherwise.</summary>
    internal Pooling Pooling { get; private init; } = Pooling.Mean;

    /// <summary>Whether the encoder has learned nothing; whoever shows results says so.</summary>
    internal bool IsRandom { get; private init; }

    /// <summary>What whoever reads the results must know; null when nothing.</summary>
    internal string? Note => IsRandom
        ? "The encoder's weights are random: it has learned nothing. Its features show how much of the emotion survives in random mixtures of the sound, no more."
        : null;

    // A HuBERT of 4 thousand weights, for trying a pipeline out in seconds.
    private static HubertConfig Tiny { get; } = HubertConfig.Base with
    {
        HiddenSize = 12,
        Layers = 3,
        Heads = 3,
        FeedForwardSize = 24,
        ConvChannels = [8, 8, 8, 8, 8, 8, 8],
        PositionKernel = 16,
        PositionGroups = 3,
    };

    /// <summary>Reads the option.</summary>
    /// <param name="text">One of the names, or a folder.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    internal static EncoderChoice Parse(string text, int seed) => text switch
    {
        "mfcc" => new EncoderChoice((_, _) => new MfccEncoder()) { Pooling = Pooling.MeanAndDeviation },
        "random-hubert-base" => Random(HubertConfig.Base, seed),
        "random-hubert-tiny" => Random(Tiny, seed),
        _ when Directory.Exists(text) => new EncoderChoice((device, type) => HubertModel.FromPretrained(text, device, type)),
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"--encoder must be {Help}, but was '{text}' and there is no such folder."), nameof(text)),
    };

    /// <summary>Builds or loads the encoder.</summary>
    /// <param name="device">Where it computes.</param>
    /// <param name="type">In which number format.</param>
    /// <exception cref="FormatException">The folder's files are damaged or do not fit together.</exception>
    internal IEncoder Open(Device device, ScalarType type) => open(device, type);

    private static EncoderChoice Random(HubertConfig config, int seed) => new((device, type) => HubertModel.Random(config, seed, device, type)) { IsRandom = true };
}

namespace Affect.Pretraining.Hubert;

/// <summary>Draws a step's batch: stretches of clips that begin with a frame, what is hidden of them, and their units.</summary>
internal sealed class CropSampler
{
    private readonly PretrainingSpeech speech;
    private readonly IReadOnlyList<CodeBook> books;
    private readonly MaskedTrainingConfig config;
    private readonly long samples;
    private readonly int frames;
    private readonly int hop;
    private readonly long[] places; // how many crops there are up to and including each clip

    /// <exception cref="ArgumentException">No clip is as long as a crop.</exception>
    internal CropSampler(PretrainingSpeech speech, IReadOnlyList<CodeBook> books, MaskedTrainingConfig config, HubertConfig model)
    {
        (this.speech, this.books, this.config) = (speech, books, config);
        samples = (long)(config.CropSeconds * SpeechCollection.SampleRate);
        frames = (int)model.Frames(samples);
        hop = model.ConvStrides.Aggregate(1, (product, stride) => product * stride);
        long[] crops = [.. speech.Collection.Lengths.Select(length => length < samples ? 0 : (length - samples) / hop + 1)];
        places = [.. SpeechCollection.Starts([.. crops, 0]).Skip(1)];
        if (places.Length == 0 || places[^1] == 0)
            throw new ArgumentException(FormattableString.Invariant($"CropSeconds must be at most the length of the longest clip, but is {config.CropSeconds} s and no clip is as long."), nameof(config));
    }

    /// <summary>The batch of a step; every crop of the speech is as likely as any other.</summary>
    /// <returns><c>[batch, samples]</c>; <c>[batch, frames]</c>, Bool, true where a frame is hidden; per code book <c>[batch · frames]</c>, int64.</returns>
    internal (Tensor Waveforms, Tensor Hidden, Tensor[] Units) Draw(SeededRandom random)
    {
        using var scope = NewDisposeScope();
        var waveforms = new Tensor[config.BatchClips];
        var units = books.Select(_ => new long[config.BatchClips * frames]).ToArray();
        for (var row = 0; row < waveforms.Length; row++)
        {
            var place = (long)(random.NextDouble() * places[^1]);
            var clip = Array.FindIndex(places, end => end > place);
            var first = place - (clip == 0 ? 0 : places[clip - 1]);
            waveforms[row] = speech.Waveform(clip, first * hop, samples);
            foreach (var (book, named) in books.Zip(units))
                for (var frame = 0; frame < frames; frame++) named[row * frames + frame] = book.Units[speech.FirstFrames[clip] + first + frame];
        }
        var hidden = SpanMask.Draw(config.BatchClips, frames, config.Spans, config.SpanFrames, random);
        return (
            stack(waveforms, 0).MoveToOuterDisposeScope(),
            tensor(hidden, new long[] { config.BatchClips, frames }).MoveToOuterDisposeScope(),
            [.. units.Select(row => tensor(row, dtype: ScalarType.Int64).MoveToOuterDisposeScope())]);
    }
}

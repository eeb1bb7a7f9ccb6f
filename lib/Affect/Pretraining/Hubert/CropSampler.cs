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
    private readonly long[] places;    // how many crops there are up to and including each clip

    /// <exception cref="ArgumentException">No clip is as long as a crop.</exception>
    internal CropSampler(PretrainingSpeech speech, IReadOnlyList<CodeBook> books, MaskedTrainingConfig config, Encoders.Hubert.HubertConfig model)
    {
        (this.speech, this.books, this.config) = (speech, books, config);
        samples = (long)(config.CropSeconds * SpeechCollection.SampleRate);
        frames = (int)model.Frames(samples);
        hop = model.ConvStrides.Aggregate(1, (product, stride) => product * stride);
        places = new long[speech.Count];
        for (var clip = 0; clip < places.Length; clip++)
        {
            var spare = speech.Collection.Lengths[clip] - samples;
            places[clip] = (clip == 0 ? 0 : places[clip - 1]) + (spare < 0 ? 0 : spare / hop + 1);
        }
        if (places.Length == 0 || places[^1] == 0)
            throw new ArgumentException(FormattableString.Invariant($"CropSeconds must be at most the length of the longest clip, but is {config.CropSeconds} s and no clip is as long."), nameof(config));
    }

    /// <summary>The batch of a step; every crop of the speech is as likely as any other.</summary>
    /// <returns>The batch, the caller's to dispose.</returns>
    internal MaskedBatch Draw(SeededRandom random)
    {
        using var scope = NewDisposeScope();
        var waveforms = new Tensor[config.BatchClips];
        var units = books.Select(_ => new long[config.BatchClips * frames]).ToArray();
        for (var row = 0; row < waveforms.Length; row++)
        {
            var place = (long)(random.NextDouble() * places[^1]);
            var clip = Array.BinarySearch(places, place + 1);
            if (clip < 0) clip = ~clip;
            while (clip > 0 && places[clip - 1] == places[clip]) clip--;   // clips too short for a crop share the count of the one before
            var first = place - (clip == 0 ? 0 : places[clip - 1]);
            waveforms[row] = speech.Waveform(clip, first * hop, samples);
            for (var book = 0; book < units.Length; book++)
                for (var frame = 0; frame < frames; frame++)
                    units[book][row * frames + frame] = books[book].Units[speech.FirstFrames[clip] + first + frame];
        }
        var hidden = SpanMask.Draw(config.BatchClips, frames, config.Spans, config.SpanFrames, random);
        return new MaskedBatch(
            stack(waveforms, 0).MoveToOuterDisposeScope(),
            tensor(hidden, new long[] { config.BatchClips, frames }).MoveToOuterDisposeScope(),
            [.. units.Select(row => tensor(row, dtype: ScalarType.Int64).MoveToOuterDisposeScope())]);
    }
}

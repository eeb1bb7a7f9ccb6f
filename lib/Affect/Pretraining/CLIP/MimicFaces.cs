namespace Affect.Pretraining.CLIP;

/// <summary>Mimic's faces at moments of planned clips, with captions, in memory; nothing is spoken and no file is encoded.</summary>
internal sealed class MimicFaces : IDisposable
{
    // Only loudness moves the mouth, and it is followed in steps of 80 ms.
    private const int LoudnessRate = 1000;

    private readonly Tensor pixels; // [pictures, size, size, 3], bytes

    private MimicFaces(Tensor pixels, IReadOnlyList<string> captions, int speakers) => (this.pixels, Captions, Speakers) = (pixels, captions, speakers);

    internal int Count => Captions.Count;

    internal IReadOnlyList<string> Captions { get; }

    /// <summary>Of how many people the pictures are.</summary>
    internal int Speakers { get; }

    /// <summary>Some of the pictures.</summary>
    /// <returns><c>[pictures, size, size, 3]</c>, bytes.</returns>
    internal Tensor Pixels(IReadOnlyList<int> pictures)
    {
        using var scope = NewDisposeScope();
        return pixels.index_select(0, tensor(pictures.Select(picture => (long)picture).ToArray(), dtype: ScalarType.Int64)).MoveToOuterDisposeScope();
    }

    /// <summary>Paints pictures and says what is on them.</summary>
    /// <param name="config">Which.</param>
    /// <param name="size">The side of each, in pixels.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">The seeds would let the held-out corpus's faces in, or there are more pictures than one block of memory holds.</exception>
    internal static MimicFaces Paint(PictureConfig config, int size, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var most = Array.MaxLength / (size * size * 3);
        if (config.Pictures > most) throw new ArgumentException($"Pictures must be at most {most} where they are {size} pixels wide, but are {config.Pictures}; look at fewer more often.", nameof(config));
        var plans = CastConfig.Casts(config, _ => true).SelectMany(cast => cast.Plans.Select(plan => (Plan: plan, cast.Seed)))
            .Take((config.Pictures + config.PicturesPerClip - 1) / config.PicturesPerClip).ToArray();
        var (bytes, captions) = (new byte[(long)config.Pictures * size * size * 3], new string[config.Pictures]);
        var counter = new WorkCounter(progress, "Painting faces", config.Pictures, "pictures");
        Parallel.ForEach(
            plans.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            item =>
            {
                var (number, (plan, seed)) = item;
                var random = new SeededRandom(seed, $"pictures of {plan.Id}");
                var actor = new FaceActor(plan, Loudness(random), LoudnessRate, seed);
                var canvas = new Canvas(size, size);
                var first = number * config.PicturesPerClip;
                for (var picture = first; picture < Math.Min(first + config.PicturesPerClip, config.Pictures); picture++)
                {
                    var pose = actor.PoseAt(random.Below(actor.Frames));
                    FacePainter.Paint(canvas, plan.Speaker.Looks, pose, actor.Framing).CopyTo(bytes.AsSpan(picture * size * size * 3));
                    captions[picture] = FaceCaption.Of(pose);
                }
                counter.Add(Math.Min(config.PicturesPerClip, config.Pictures - first));
            });
        var speakers = plans.Select(item => (item.Seed, item.Plan.Speaker.Id)).Distinct().Count();
        return new MimicFaces(tensor(bytes, new long[] { config.Pictures, size, size, 3 }).DetachFromDisposeScope(), captions, speakers);
    }

    public void Dispose() => pixels.Dispose();

    // Something as loud and as quiet in turn as a sentence: syllables of a tenth to a quarter of a second between the silence at both ends.
    private static float[] Loudness(SeededRandom random)
    {
        var loudness = new float[(int)(random.Between(2.2, 4.6) * LoudnessRate)];
        var end = loudness.Length - (int)(VoiceActor.TailSeconds * LoudnessRate);
        for (var at = (int)(VoiceActor.LeadSeconds * LoudnessRate); at < end;)
        {
            var length = (int)(random.Between(0.10, 0.25) * LoudnessRate);
            var level = random.Chance(0.12) ? 0 : random.Between(0.3, 1);
            for (var sample = 0; sample < length && at < end; sample++, at++) loudness[at] = (float)(level * Math.Sin(Math.PI * sample / length));
        }
        return loudness;
    }
}

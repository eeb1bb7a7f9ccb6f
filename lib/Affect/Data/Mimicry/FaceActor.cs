namespace Affect.Data.Mimicry;

/// <summary>Moves a face through a planned clip: the expression comes, stays and fades, lips follow the voice, eyes blink and wander.</summary>
internal sealed class FaceActor
{
    internal const int Size = 128;
    internal const double FramesPerSecond = 12.5;
    private const double Step = 1 / FramesPerSecond;
    private const double BlinkSeconds = 0.22;
    private const double DartSeconds = 0.32;
    private const double SpeechJaw = 0.5;

    private readonly ClipPlan plan;
    private readonly double[] rest;
    private readonly double[] opening;
    private readonly double[] phases;
    private readonly double[] blinks;
    private readonly (double Start, double Direction)[] darts;
    private readonly double speechEnd;

    internal FaceActor(ClipPlan plan, float[] waveform, int sampleRate, int seed)
    {
        this.plan = plan;
        rest = [.. FaceCues.Table.Zip(plan.Speaker.FaceHabits, (cue, habit) => cue.SpeakerSpread * habit)];
        rest[FaceCues.Jaw] = Math.Max(0, rest[FaceCues.Jaw]);
        var random = new SeededRandom(seed, $"face {plan.Id}");
        Framing = Framing.Draw(random);
        phases = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() * 2 * Math.PI)];
        var seconds = (double)waveform.Length / sampleRate;
        speechEnd = seconds - VoiceActor.TailSeconds;
        opening = Openings(waveform, sampleRate);
        blinks = [.. Moments(plan.Face[FaceCues.Blinks], BlinkSeconds + 0.1, seconds, random)];
        darts = [.. Moments(plan.Face[FaceCues.GazeDarts], DartSeconds, seconds, random).Select(start => (start, random.Chance(0.5) ? 1.0 : -1))];
    }

    internal Framing Framing { get; }

    internal int Frames => opening.Length;

    /// <summary>Every picture in turn, <c>[size, size, 3]</c> bytes each.</summary>
    internal IEnumerable<byte[]> Perform()
    {
        var canvas = new Canvas(Size, Size);
        for (var frame = 0; frame < Frames; frame++) yield return FacePainter.Paint(canvas, plan.Speaker.Looks, PoseAt(frame), Framing);
    }

    internal FacePose PoseAt(int frame)
    {
        var time = frame * Step;
        var share = Expression(time);
        var pose = FacePose.Of([.. rest.Zip(plan.Face, (from, to) => from + (to - from) * share)]);
        return pose with
        {
            BrowRaise = pose.BrowRaise + 0.10 * opening[frame] * Math.Sin(2.1 * time + phases[0]),
            Furrow = Math.Max(0, pose.Furrow),
            Lids = blinks.Any(start => time >= start && time < start + BlinkSeconds) ? -1 : pose.Lids,
            Squint = Math.Clamp(pose.Squint, 0, 1),
            Jaw = Math.Clamp(pose.Jaw * (1 - 0.4 * opening[frame]) + SpeechJaw * opening[frame], 0, 0.9),
            Nod = pose.Nod + 0.12 * Math.Sin(1.9 * time + phases[1]),
            Turn = 0.28 * Math.Sin(1.3 * time + phases[2]),
            RollDegrees = pose.RollDegrees + 1.6 * Math.Sin(1.1 * time + phases[3]),
            GazeX = darts.Where(dart => time >= dart.Start && time < dart.Start + DartSeconds).Select(dart => dart.Direction).FirstOrDefault(),
            Blush = Math.Clamp(FacePose.Of(plan.Face).Blush * share, 0, 1),
        };
    }

    // Rises over the onset from the first sound on, then goes towards what is held at the end.
    private double Expression(double time)
    {
        var onset = plan.Face[FaceCues.OnsetSeconds];
        var risen = Math.Clamp((time - VoiceActor.LeadSeconds / 2) / onset, 0, 1);
        var faded = Math.Clamp((time - VoiceActor.LeadSeconds - onset) / Math.Max(0.3, speechEnd - VoiceActor.LeadSeconds - onset), 0, 1);
        return risen * risen * (3 - 2 * risen) * (1 + (plan.Face[FaceCues.Hold] - 1) * faded);
    }

    // The loudness in each frame, relative to the clip's loud parts, slightly smoothed.
    private static double[] Openings(float[] waveform, int sampleRate)
    {
        var frames = Math.Max(1, (int)Math.Round((double)waveform.Length / sampleRate * FramesPerSecond));
        var loudness = new double[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var (from, to) = (Math.Min(waveform.Length - 1, (int)(frame * Step * sampleRate)), Math.Min(waveform.Length, (int)((frame + 1) * Step * sampleRate)));
            double power = 0;
            for (var sample = from; sample < to; sample++) power += waveform[sample] * waveform[sample];
            loudness[frame] = Math.Sqrt(power / Math.Max(1, to - from));
        }
        var loud = Math.Max(1e-6, loudness.Order().ElementAt((int)(0.9 * (frames - 1))));
        return [.. loudness.Select((value, frame) => Math.Clamp((0.75 * value + 0.25 * loudness[Math.Max(0, frame - 1)]) / loud - 0.12, 0, 1))];
    }

    // Moments at a given rate a second, never nearer to one another than they last.
    private static IEnumerable<double> Moments(double perSecond, double lasting, double seconds, SeededRandom random)
    {
        if (perSecond <= 0.02) yield break;
        for (var time = random.Between(0.2, 1.0) / perSecond; time < seconds; time += Math.Max(lasting + 0.1, random.Between(0.5, 1.5) / perSecond)) yield return time;
    }
}

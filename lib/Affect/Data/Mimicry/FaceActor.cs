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
    private readonly FaceCues cues;
    private readonly FaceCues rest;
    private readonly double[] opening;
    private readonly double[] phases;
    private readonly List<double> blinks = [];
    private readonly List<(double Start, double Direction)> darts = [];
    private readonly double speechEnd;

    internal FaceActor(ClipPlan plan, float[] waveform, int sampleRate, int seed)
    {
        this.plan = plan;
        cues = new FaceCues(plan.Face);
        rest = new FaceCues([.. FaceCues.Table.Select((cue, index) => cue.SpeakerSpread * plan.Speaker.FaceHabits[index])]);
        var random = new SeededRandom(seed, $"face {plan.Id}");
        Framing = Framing.Draw(random);
        phases = [.. Enumerable.Range(0, 4).Select(_ => random.NextDouble() * 2 * Math.PI)];
        Seconds = (double)waveform.Length / sampleRate;
        speechEnd = Seconds - VoiceActor.TailSeconds;
        opening = Openings(waveform, sampleRate);
        Scatter(cues.Blinks, BlinkSeconds + 0.1, random, start => blinks.Add(start));
        Scatter(cues.GazeDarts, DartSeconds, random, start => darts.Add((start, random.Chance(0.5) ? 1 : -1)));
    }

    internal Framing Framing { get; }

    internal double Seconds { get; }

    internal int Frames => opening.Length;

    /// <summary>Every picture in turn, <c>[size, size, 3]</c> bytes each.</summary>
    internal IEnumerable<byte[]> Perform()
    {
        var canvas = new Canvas(Size, Size);
        for (var frame = 0; frame < Frames; frame++) yield return FacePainter.Paint(canvas, plan.Speaker.Looks, PoseAt(frame), Framing);
    }

    /// <summary>The fully expressed pose, without speech, blinks or sway.</summary>
    internal static FacePose PoseOf(FaceCues cues) => new()
    {
        BrowRaise = cues.BrowRaise,
        BrowInner = cues.BrowInner,
        Furrow = cues.Furrow,
        Lids = cues.Lids,
        Squint = cues.Squint,
        MouthCurve = cues.MouthCurve,
        MouthWidth = cues.MouthWidth,
        Jaw = cues.Jaw,
        Skew = cues.Skew,
        Nod = cues.Nod,
        RollDegrees = cues.RollDegrees,
        GazeY = cues.GazeDown,
        Blush = Math.Clamp(cues.MouthCurve, 0, 1),
    };

    internal FacePose PoseAt(int frame)
    {
        var time = frame * Step;
        var share = Expression(time);
        var (from, to) = (PoseOf(rest), PoseOf(cues));
        var dart = darts.Where(dart => time >= dart.Start && time < dart.Start + DartSeconds).Select(dart => dart.Direction).FirstOrDefault();
        var blink = blinks.Any(start => time >= start && time < start + BlinkSeconds);
        return new FacePose
        {
            BrowRaise = Mix(from.BrowRaise, to.BrowRaise) + 0.10 * opening[frame] * Math.Sin(2.1 * time + phases[0]),
            BrowInner = Mix(from.BrowInner, to.BrowInner),
            Furrow = Math.Max(0, Mix(from.Furrow, to.Furrow)),
            Lids = blink ? -1 : Mix(from.Lids, to.Lids),
            Squint = Math.Clamp(Mix(from.Squint, to.Squint), 0, 1),
            MouthCurve = Mix(from.MouthCurve, to.MouthCurve),
            MouthWidth = Mix(from.MouthWidth, to.MouthWidth),
            Jaw = Math.Clamp(Mix(Math.Max(0, from.Jaw), to.Jaw) * (1 - 0.4 * opening[frame]) + SpeechJaw * opening[frame], 0, 0.9),
            Skew = Mix(from.Skew, to.Skew),
            Nod = Mix(from.Nod, to.Nod) + 0.12 * Math.Sin(1.9 * time + phases[1]),
            Turn = 0.28 * Math.Sin(1.3 * time + phases[2]),
            RollDegrees = Mix(from.RollDegrees, to.RollDegrees) + 1.6 * Math.Sin(1.1 * time + phases[3]),
            GazeX = dart,
            GazeY = Mix(from.GazeY, to.GazeY),
            Blush = Math.Clamp(to.Blush * share, 0, 1),
        };

        double Mix(double a, double b) => a + (b - a) * share;
    }

    // Rises over the onset from the first sound on, then goes towards what is held at the end.
    private double Expression(double time)
    {
        var risen = Math.Clamp((time - VoiceActor.LeadSeconds / 2) / cues.OnsetSeconds, 0, 1);
        var faded = Math.Clamp((time - VoiceActor.LeadSeconds - cues.OnsetSeconds) / Math.Max(0.3, speechEnd - VoiceActor.LeadSeconds - cues.OnsetSeconds), 0, 1);
        return risen * risen * (3 - 2 * risen) * (1 + (cues.Hold - 1) * faded);
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
    private void Scatter(double perSecond, double lasting, SeededRandom random, Action<double> add)
    {
        if (perSecond <= 0.02) return;
        for (var time = random.Between(0.2, 1.0) / perSecond; time < Seconds; time += Math.Max(lasting + 0.1, random.Between(0.5, 1.5) / perSecond)) add(time);
    }
}

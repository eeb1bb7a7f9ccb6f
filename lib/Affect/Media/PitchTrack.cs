namespace Affect.Media;

/// <summary>The pitch of a voice over time.</summary>
/// <param name="Hertz">One a frame; 0 where the frame is not voiced.</param>
/// <param name="Strength">How like itself each frame is one period later, 0…1.</param>
public sealed record PitchTrack(IReadOnlyList<double> Hertz, IReadOnlyList<double> Strength)
{
    /// <summary>The pitch in octaves above 1 Hz for every frame: unvoiced stretches are bridged by straight lines, the ends held.</summary>
    /// <returns>One a frame; all 0 where no frame is voiced.</returns>
    public IReadOnlyList<double> Bridged()
    {
        var octaves = new double[Hertz.Count];
        var last = -1;
        for (var frame = 0; frame < octaves.Length; frame++)
        {
            if (Hertz[frame] <= 0) continue;
            octaves[frame] = Math.Log2(Hertz[frame]);
            for (var between = last + 1; between < frame; between++)
                octaves[between] = last < 0 ? octaves[frame] : octaves[last] + (octaves[frame] - octaves[last]) * (between - last) / (frame - last);
            last = frame;
        }
        if (last >= 0) Array.Fill(octaves, octaves[last], last + 1, octaves.Length - last - 1);
        return octaves;
    }

    /// <summary>The median pitch of the voiced frames in hertz; 0 where no frame is voiced.</summary>
    public double MedianHertz
    {
        get
        {
            var voiced = Hertz.Where(hertz => hertz > 0).Order().ToArray();
            return voiced.Length == 0 ? 0 : voiced[voiced.Length / 2];
        }
    }
}

namespace Affect.Probing;

/// <summary>Brings each speaker's features to mean 0 and deviation 1, so that what differs between voices as such is gone.</summary>
internal static class SpeakerNormalisation
{
    /// <summary>The task's features, normalised over each speaker's clips; a dimension that a speaker never varies becomes 0.</summary>
    /// <returns><c>[clips, layers, dims]</c>, row-major.</returns>
    internal static float[] Apply(ProbeTask task)
    {
        var width = task.Features.Layers * task.Features.Dims;
        var values = (float[])task.Features.Values.Clone();
        var (mean, variance) = (new double[width], new double[width]);
        foreach (var clips in Enumerable.Range(0, task.Speakers.Count).GroupBy(clip => task.Speakers[clip], StringComparer.Ordinal))
        {
            var count = clips.Count();
            Array.Clear(mean);
            Array.Clear(variance);
            var origin = values.AsSpan(clips.First() * width, width).ToArray(); // subtracted first: what is constant stays exactly so
            foreach (var clip in clips)
                for (var i = 0; i < width; i++) mean[i] += ((double)values[clip * width + i] - origin[i]) / count;
            foreach (var clip in clips)
                for (var i = 0; i < width; i++)
                {
                    var difference = (double)values[clip * width + i] - origin[i] - mean[i];
                    variance[i] += difference * difference / count;
                }
            foreach (var clip in clips)
                for (var i = 0; i < width; i++)
                    values[clip * width + i] = variance[i] > 0 ? (float)(((double)values[clip * width + i] - origin[i] - mean[i]) / Math.Sqrt(variance[i])) : 0;
        }
        return values;
    }
}

using Affect.Media;
using Affect.Notebook.Experiments;

namespace Affect.Notebook.Tests.Experiments;

public sealed class LaboratoryTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("affect-lab-").FullName;
    private readonly List<WorkProgress> told = [];

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void A_folder_of_clips_becomes_a_layer_curve_and_is_encoded_once()
    {
        WriteClips();
        var lab = Open();
        var corpus = lab.Open("clips");
        var encoded = lab.Encode(corpus, "random-hubert-tiny");
        Assert.Equal((corpus.Clips.Count, 4), (encoded.Features.ClipIds.Count, encoded.Features.Layers));
        Assert.True(encoded.IsRandom);
        Assert.Equal(12 * 0.3, encoded.AudioSeconds, 3);

        var curve = lab.Probe(encoded, folds: 3);
        Assert.Equal("tiny HuBERT (random weights)", curve.Encoder);
        Assert.Equal(3, curve.Folds);
        Assert.NotNull(curve.Range);
        Assert.Empty(Laboratory.Ceilings(corpus));

        told.Clear();
        var again = lab.Encode(corpus, "random-hubert-tiny");
        Assert.Equal(encoded.Features.Values, again.Features.Values);
        Assert.All(told, step => Assert.Equal(12, step.Resumed));
    }

    [Fact]
    public void Clips_that_cannot_be_read_are_named_and_left_out()
    {
        WriteClips();
        File.WriteAllText(Path.Combine(home, "clips", "happy", "s1_broken.wav"), "this is no sound");
        var lab = Open();
        var encoded = lab.Encode(lab.Open("clips"), "mfcc");
        Assert.Equal(12, encoded.Corpus.Clips.Count);
        Assert.Contains("broken", Assert.Single(encoded.Failures).ClipId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_without_a_clip_that_can_be_read_is_refused_with_the_reason()
    {
        Directory.CreateDirectory(Path.Combine(home, "clips", "happy"));
        File.WriteAllText(Path.Combine(home, "clips", "happy", "s1_broken.wav"), "this is no sound");
        var lab = Open();
        var error = Assert.Throws<ArgumentException>(() => lab.Encode(lab.Open("clips"), "mfcc"));
        Assert.StartsWith("corpus must have clips that can be read, but none of clips's 1 can", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_that_is_not_there_is_named() =>
        Assert.Contains("no-such-corpus", Assert.Throws<FileNotFoundException>(() => Open().Open("no-such-corpus")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_machine_is_described_without_paths()
    {
        var table = MachineTable.Read();
        Assert.Contains(table.Rows, row => row[0] == "libtorch" && char.IsAsciiDigit(row[1][0]));
        Assert.Contains(table.Rows, row => row[0] == "ffmpeg" && char.IsAsciiDigit(row[1][0]));
        Assert.DoesNotContain(table.Rows, row => row[1].Contains('/', StringComparison.Ordinal));
    }

    private Laboratory Open() => new(home, Path.Combine(home, "cache"), new Listener(told));

    // Two emotions that differ in pitch, six speakers.
    private void WriteClips()
    {
        foreach (var (emotion, pitch) in (ReadOnlySpan<(string, double)>)[("happy", 300), ("sad", 120)])
        {
            Directory.CreateDirectory(Path.Combine(home, "clips", emotion));
            for (var speaker = 1; speaker <= 6; speaker++)
            {
                var wave = new float[4800];
                for (var n = 0; n < wave.Length; n++) wave[n] = (float)(0.3 * Math.Sin(2 * Math.PI * (pitch + 7 * speaker) * n / 16000));
                WaveFile.Write(Path.Combine(home, "clips", emotion, FormattableString.Invariant($"s{speaker}_{emotion}.wav")), wave);
            }
        }
    }

    // Unlike Progress<T>, tells at once.
    private sealed class Listener(List<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => told.Add(value);
    }
}

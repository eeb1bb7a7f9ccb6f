namespace Affect.Tests.Adapters.Cache;

public sealed class LayerCacheTests
{
    [Theory]
    [InlineData("post-norm", null)]
    [InlineData("post-norm", 2)]
    [InlineData("pre-norm", 0)]
    [InlineData("pre-norm", 3)]
    public void A_kept_state_goes_on_to_the_states_of_the_whole_encoder(string style, int? layer)
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(style == "pre-norm" ? TinyHubert.Large : TinyHubert.Base, seed: 1);
        var sounds = ToyVoices.Sounds(model, clips: 3);
        using var prefix = new LayerCache(model, sounds, new LayerCacheConfig { Layer = layer });
        prefix.Fill();
        using var noGrad = no_grad();
        for (var clip = 0; clip < 3; clip++)
        {
            var wave = sounds.Waveform(clip);
            var whole = model.Encode(tensor(wave, [1, wave.Length]), tensor(new long[] { wave.Length })).Layers;
            var padded = prefix.Batch([clip]);
            var states = layer is { } from ? model.FromState(padded.States, from, null) : model.FromFeatures(padded.States, null);
            Assert.Equal(whole.Count - (layer ?? 0), states.Count);
            Assert.InRange(TinyHubert.LargestDifference(whole[^1], states[^1]), 0, 1e-5);
            Assert.Equal(prefix.Frames[clip], states[^1].shape[1]);
        }
    }

    [Theory]
    [InlineData("post-norm")]
    [InlineData("pre-norm")]
    public void Padding_above_the_kept_state_changes_no_clip(string style)
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(style == "pre-norm" ? TinyHubert.Large : TinyHubert.Base, seed: 1);
        using var prefix = new LayerCache(model, ToyVoices.Sounds(model, clips: 4), new LayerCacheConfig { Layer = 1 });
        using var noGrad = no_grad();
        var together = prefix.Batch([0, 1, 2, 3]);
        var last = model.FromState(together.States, 1, together.Padding)[^1];
        for (var clip = 0; clip < 4; clip++)
        {
            var alone = model.FromState(prefix.Batch([clip]).States, 1, null)[^1];
            Assert.InRange(TinyHubert.LargestDifference(alone[0], last[clip].narrow(0, 0, prefix.Frames[clip])), 0, 1e-5);
        }
    }

    [Fact]
    public void The_size_is_known_before_the_work_and_half_of_it_with_bfloat16()
    {
        using var model = HubertModel.Random(TinyHubert.Base, seed: 1);
        var sounds = ToyVoices.Sounds(model, clips: 3);
        using var whole = new LayerCache(model, sounds, new LayerCacheConfig { Layer = 2 });
        using var half = new LayerCache(model, sounds, new LayerCacheConfig { Layer = 2, IsHalf = true });
        Assert.Equal(whole.Frames.Sum() * 12 * 4, whole.Bytes);
        Assert.Equal(whole.Bytes / 2, half.Bytes);
        Assert.Equal(0, new LayerCache(model, sounds, new LayerCacheConfig { Storage = CacheStorage.None }).Bytes);
        Assert.StartsWith("layer 2 of 3 clips: 0.0 MB in memory, bfloat16", half.ToString(), StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        half.Fill();
        Assert.InRange(TinyHubert.LargestDifference(whole.State(0), half.State(0)), 1e-6, 0.03);
    }

    [Fact]
    public void On_disk_a_later_run_finds_what_was_computed_and_a_damaged_file_is_made_anew()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = HubertModel.Random(TinyHubert.Base, seed: 1);
        var config = new LayerCacheConfig { Layer = 2, Storage = CacheStorage.Disk, Folder = folder.Path };
        var sounds = ToyVoices.Sounds(model, clips: 3);
        using (var first = new LayerCache(model, sounds, config)) first.Fill();
        var files = Directory.GetFiles(folder.Path, "*.safetensors", SearchOption.AllDirectories);
        Assert.Equal(3, files.Length);
        var written = files.Select(File.GetLastWriteTimeUtc).ToArray();
        using var again = new LayerCache(model, sounds, config);
        again.Fill();
        Assert.Equal(written, files.Select(File.GetLastWriteTimeUtc));
        using var memory = new LayerCache(model, sounds, config with { Storage = CacheStorage.Memory });
        Assert.Equal(0, TinyHubert.LargestDifference(again.State(1), memory.State(1)));
        foreach (var file in files) File.WriteAllBytes(file, [1, 2, 3]);
        Assert.Equal(0, TinyHubert.LargestDifference(again.State(1), memory.State(1)));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        using var model = HubertModel.Random(TinyHubert.Base, seed: 1);
        var sounds = ToyVoices.Sounds(model, clips: 1);
        Assert.Contains("Layer must be at most 3", Assert.Throws<ArgumentException>(() => new LayerCache(model, sounds, new LayerCacheConfig { Layer = 4 })).Message, StringComparison.Ordinal);
        Assert.Contains("Folder must be named", Assert.Throws<ArgumentException>(() => new LayerCache(model, sounds, new LayerCacheConfig { Storage = CacheStorage.Disk })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var model = HubertModel.Random(TinyHubert.Base, seed: 1);
        var sounds = ToyVoices.Sounds(model, clips: 3);
        Use();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Use();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Use()
        {
            using var scope = NewDisposeScope();
            using var prefix = new LayerCache(model, sounds, new LayerCacheConfig { Layer = 1 });
            _ = prefix.Batch([0, 1, 2]);
        }
    }
}

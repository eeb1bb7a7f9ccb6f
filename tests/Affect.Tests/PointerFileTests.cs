namespace Affect.Tests;

public sealed class PointerFileTests
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0000000000000000000000000000000000000000000000000000000000000000\nsize 182464\n";
    private const string Page = "\n<!DOCTYPE html>\n<html class=\"\">\n<head><title>Sign in</title></head><body></body></html>\n";

    public static TheoryData<string, string> Contents => new()
    {
        { Pointer, "Git LFS pointer" },
        { Pointer.Replace("\n", "\r\n", StringComparison.Ordinal), "Git LFS pointer" },
        { Pointer.Replace("git-lfs", "hawser", StringComparison.Ordinal), "Git LFS pointer" },
        { Page, "web page (HTML)" },
        { "\uFEFF<html><body>404</body></html>", "web page (HTML)" },
        { "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "web page" },
        { "Entry not found", "a server's answer" },
        { "404: Not Found", "a server's answer" },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_stand_in_for_weights_is_called_what_it_is(string content, string message)
    {
        foreach (var name in new[] { "model.safetensors", "pytorch_model.bin", "model.safetensors.index.json" })
        {
            using var folder = new TemporaryFolder();
            folder.File("config.json", File.ReadAllText(Repository.Golden("hubert-base-tiny", "config.json")));
            var path = folder.File(name, content);
            Check(path, message, Assert.Throws<FormatException>(() => HubertModel.FromPretrained(folder.Path)));
            Check(path, message, Assert.Throws<FormatException>(() => Checkpoint.Open(path)));
        }
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_stand_in_for_a_file_of_settings_is_called_what_it_is(string content, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("config.json", content);
        Check(path, message, Assert.Throws<FormatException>(() => HubertConfig.Read(path)));
        Check(path, message, Assert.Throws<FormatException>(() => CLIPConfig.Read(path)));
        Check(path, message, Assert.Throws<FormatException>(() => BertConfig.Read(path)));
        path = folder.File("vocab.txt", content);
        Check(path, message, Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path)));
        path = folder.File("tokenizer_config.json", content);
        Check(path, message, Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path)));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_stand_in_for_an_adapter_is_called_what_it_is(string content, string message)
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.FromPretrained(Repository.Golden("peft-lora"));
        folder.File("adapter_config.json", File.ReadAllText(Repository.Golden("peft-lora", "adapter_config.json")));
        var path = folder.File("adapter_model.safetensors", content);
        Check(path, message, Assert.Throws<FormatException>(() => SavedAdapter.Load(model, folder.Path)));
        path = folder.File("adapter_config.json", content);
        Check(path, message, Assert.Throws<FormatException>(() => SavedAdapter.Load(model, folder.Path)));
    }

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_stand_in_for_a_recording_or_a_table_is_called_what_it_is(string content, string message)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a.wav", "a.mp4", "a.flac" })
        {
            var path = folder.File(name, content);
            Check(path, message, Assert.Throws<MediaException>(() => new Ffmpeg().DecodeAudio(path)));
            Check(path, message, Assert.Throws<MediaException>(() => new Ffmpeg().DecodeFrames(path, 1, 8)));
            Check(path, message, Assert.Throws<MediaException>(() => new Ffmpeg().Probe(path)));
            Check(path, message, Assert.Throws<MediaException>(() => WaveFile.Read(path)));
        }
        var table = folder.File("labels.csv", content);
        Check(table, message, Assert.ThrowsAny<Exception>(() => Affect.Data.Manifest.Read(table)));
    }

    private static void Check(string path, string message, Exception error)
    {
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("git lfs pull", error.Message, StringComparison.Ordinal);
    }
}

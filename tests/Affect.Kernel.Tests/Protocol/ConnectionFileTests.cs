namespace Affect.Kernel.Tests.Protocol;

public sealed class ConnectionFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void Jupyters_file_is_read()
    {
        File.WriteAllText(path, """
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1", "key": "k", "transport": "tcp",
             "signature_scheme": "hmac-sha256", "kernel_name": ".net-csharp"}
            """);
        var connection = ConnectionFile.Read(path);
        Assert.Equal((1, 2, 3, 4, 5, "k"), (connection.ShellPort, connection.IopubPort, connection.StdinPort, connection.ControlPort, connection.HeartbeatPort, connection.Key));
        Assert.Equal("tcp://127.0.0.1:7", connection.Endpoint(7));
        Assert.Equal("ipc:///run/kernel-7", (connection with { Transport = "ipc", Ip = "/run/kernel" }).Endpoint(7));
    }

    [Theory]
    [InlineData("not json", "is no connection file of Jupyter")]
    [InlineData("{}", "is no connection file of Jupyter")]
    [InlineData("{\"shell_port\":1,\"iopub_port\":2,\"stdin_port\":3,\"control_port\":4,\"hb_port\":5,\"signature_scheme\":\"hmac-md5\"}", "signature_scheme must be hmac-sha256, but was 'hmac-md5'")]
    [InlineData("{\"shell_port\":1,\"iopub_port\":2,\"stdin_port\":3,\"control_port\":4,\"hb_port\":5,\"transport\":\"pgm\"}", "transport must be tcp or ipc, but was 'pgm'")]
    public void What_is_wrong_with_a_file_is_told_with_its_name(string text, string message)
    {
        File.WriteAllText(path, text);
        var error = Assert.Throws<FormatException>(() => ConnectionFile.Read(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }
}

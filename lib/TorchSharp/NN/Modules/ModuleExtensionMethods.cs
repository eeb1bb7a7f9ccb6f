namespace TorchSharp;

/// <summary>Conversions of a module, which return the module itself under its own type.</summary>
public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module => Convert(module, device: null, type);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module => Convert(module, device, dtype: null);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        Convert(module, device, type);

    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        Convert(module, new torch.Device(deviceType, deviceIndex), dtype: null);

    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        Convert(module, new torch.Device(device), dtype: null);

    /// <summary>To the device and element type of a tensor.</summary>
    public static T to<T>(this T module, torch.Tensor other, bool non_blocking = false) where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(other);
        return Convert(module, other.device, other.dtype);
    }

    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => Convert(module, torch.CPU, dtype: null);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(DeviceType.CUDA, deviceIndex);

    public static T half<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float16);

    public static T bfloat16<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.BFloat16);

    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float32);

    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => module.to(torch.ScalarType.Float64);

    private static T Convert<T>(T module, torch.Device? device, torch.ScalarType? dtype) where T : torch.nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        module.Convert(device, dtype);
        return module;
    }
}

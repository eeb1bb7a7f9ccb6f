namespace Affect.Adapters;

internal static class ModuleDevice
{
    /// <summary>Moves new weights to where the model's are; a module that is on the CPU already is left alone, since moving replaces its parameters.</summary>
    internal static void MoveTo(this Module module, Device device)
    {
        if (device.type != DeviceType.CPU) module.to(device);
    }
}

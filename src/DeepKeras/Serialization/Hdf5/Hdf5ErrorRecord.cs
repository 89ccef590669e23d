using System.Runtime.InteropServices;

namespace DeepKeras.Serialization;

/// <summary>One level of libhdf5's error stack (<c>H5E_error2_t</c>).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Hdf5ErrorRecord
{
    public long Class;
    public long Major;
    public long Minor;
    public uint Line;
    public byte* Function;
    public byte* File;
    public byte* Description;
}

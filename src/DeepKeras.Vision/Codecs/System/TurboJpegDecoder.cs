using System.Runtime.InteropServices;

namespace DeepKeras.Vision.Codecs;

/// <summary>A decompressor of libjpeg-turbo, kept for a thread and freed some time after it has ended.</summary>
internal sealed class TurboJpegDecoder : SafeHandle
{
    public TurboJpegDecoder(nint decoder) : base(0, ownsHandle: true) => SetHandle(decoder);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => TurboJpeg.Destroy(handle) == 0;
}

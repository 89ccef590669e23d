using System.Runtime.InteropServices;

namespace DeepKeras;

/// <summary>The random tensors of dropout and noise layers, in the element type and on the device of the tensor they meet.</summary>
internal static class Noise
{
    /// <summary>A tensor of 0 (probability <paramref name="rate"/>) and 1 / (1 − rate).</summary>
    public static Tensor KeepMask(long[] shape, Tensor like, double rate, RandomStream random)
    {
        var count = 1L;
        foreach (var extent in shape) count *= extent;
        var type = like.dtype;
        if (like.device_type != DeviceType.CPU || count > int.MaxValue / sizeof(float))
        {
            using var generator = random.NeedsGenerator ? new torch.Generator(random.Next(), like.device) : null;
            return torch.empty(shape, type, like.device).bernoulli_(1 - rate, generator).mul_(1 / (1 - rate));
        }
        var mask = torch.empty(shape, ScalarType.Float32, torch.CPU);
        var wide = type != ScalarType.Float32;
        var kept = wide ? 1f : (float)(1 / (1 - rate));
        if (count > 0) DropoutMask.Fill(MemoryMarshal.Cast<byte, float>(mask.bytes), rate, kept, random.Next(), torch.get_num_threads());
        return wide ? mask.to(type).mul_(1 / (1 - rate)) : mask;
    }

    /// <summary>A tensor of normal numbers.</summary>
    public static Tensor Normal(long[] shape, Tensor like, double mean, double deviation, RandomStream random)
    {
        // On the CPU every draw starts from a key, so that a resumed run repeats bit for bit.
        using var generator = random.NeedsGenerator || like.device_type == DeviceType.CPU ? new torch.Generator(random.Next(), like.device) : null;
        return torch.empty(shape, like.dtype, like.device).normal_(mean, deviation, generator);
    }
}

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

    /// <summary>The tensor with elements set to 0 with probability <paramref name="rate"/> and the others divided by 1 − rate, a draw for each.</summary>
    public static Tensor Drop(Tensor tensor, double rate, RandomStream random)
    {
        if (rate == 0) return tensor;
        if (rate == 1) return tensor.mul(0);
        if (!random.HasSeed && tensor.device_type != DeviceType.CPU) return torch.nn.functional.dropout(tensor, rate, true, false);
        return tensor.mul(KeepMask(tensor.shape, tensor, rate, random));
    }

    /// <summary>A tensor of normal numbers.</summary>
    public static Tensor Normal(long[] shape, Tensor like, double mean, double deviation, RandomStream random)
    {
        // On the CPU every draw starts from a key, so that a resumed run repeats bit for bit.
        using var generator = random.NeedsGenerator || like.device_type == DeviceType.CPU ? new torch.Generator(random.Next(), like.device) : null;
        return torch.empty(shape, like.dtype, like.device).normal_(mean, deviation, generator);
    }
}

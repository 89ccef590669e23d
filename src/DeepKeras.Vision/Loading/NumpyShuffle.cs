namespace DeepKeras.Vision.Loading;

/// <summary>
/// The order that <c>numpy.random.RandomState(seed).shuffle</c> gives, which Keras shuffles files by before it splits them: the same seed puts the same files
/// into the validation part in Keras and here.
/// </summary>
/// <remarks>M. Matsumoto and T. Nishimura, Mersenne Twister (1998), 32 bits; whole numbers below a bound by masking and rejection; Fisher–Yates from the end.</remarks>
internal sealed class NumpyShuffle
{
    private const int Size = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Size];
    private int _next = Size;

    public NumpyShuffle(uint seed)
    {
        for (uint i = 0; i < Size; i++)
        {
            _state[i] = seed;
            seed = (1812433253 * (seed ^ (seed >> 30))) + i + 1;
        }
    }

    /// <summary>Shuffles in place.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="items">What to shuffle.</param>
    public void Apply<T>(T[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below((uint)i);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private uint Below(uint largest)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(largest);
        uint value;
        do
        {
            value = Next() & mask;
        }
        while (value > largest);
        return value;
    }

    private uint Next()
    {
        if (_next == Size) Renew();
        var y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Renew()
    {
        for (var i = 0; i < Size; i++)
        {
            var y = (_state[i] & 0x80000000) | (_state[(i + 1) % Size] & 0x7FFFFFFF);
            _state[i] = _state[(i + Middle) % Size] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }
        _next = 0;
    }
}

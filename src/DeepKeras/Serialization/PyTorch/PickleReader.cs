using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace DeepKeras.Serialization;

/// <summary>
/// Reads one pickle (Python's pickletools describes the opcodes; protocols 2 to 5) into <see cref="List{T}"/>, <c>object?[]</c> (tuples),
/// <see cref="PickleDictionary"/>, <see cref="PickleTensor"/>, texts and numbers. A global that is not known ends the reading at once; nothing is ever run.
/// </summary>
/// <remarks>It never recurses, and a text takes no more memory than the file has bytes for it.</remarks>
internal sealed class PickleReader
{
    /// <summary>More steps than the state dict of any network needs; the memory of a hostile pickle stays bounded.</summary>
    private const int MostSteps = 10_000_000;

    private const int MostNumberBytes = 64;

    /// <summary>What each opcode does. Those that are missing make objects of classes, or belong to other protocols.</summary>
    private static readonly Dictionary<int, Action<PickleReader>> s_steps = new()
    {
        [0x80] = r => _ = r.Byte(),
        [0x95] = r => _ = r.Bytes(8),
        ['('] = r => r._marks.Add(r._stack.Count),
        ['0'] = r => _ = r.Pop(),
        ['1'] = r => _ = r.PopToMark(),
        ['2'] = r => r.Push(r.Top()),
        ['N'] = r => r.Push(null),
        [0x88] = r => r.Push(true),
        [0x89] = r => r.Push(false),
        ['K'] = r => r.Push((long)r.Byte()),
        ['M'] = r => r.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(r.Bytes(2))),
        ['J'] = r => r.Push((long)BinaryPrimitives.ReadInt32LittleEndian(r.Bytes(4))),
        [0x8A] = r => r.Push(r.Number(r.Byte())),
        [0x8B] = r => r.Push(r.Number(BinaryPrimitives.ReadInt32LittleEndian(r.Bytes(4)))),
        ['G'] = r => r.Push(BinaryPrimitives.ReadDoubleBigEndian(r.Bytes(8))),
        ['X'] = r => r.Push(r.Text(r.Length32())),
        [0x8C] = r => r.Push(r.Text(r.Byte())),
        [0x8D] = r => r.Push(r.Text(r.Length64())),
        ['U'] = r => r.Push(r.Code(r.Byte(), text: true)),
        ['C'] = r => r.Push(r.Code(r.Byte(), text: false)),
        ['T'] = r => r.Push(r.Code(r.Length32(), text: true)),
        ['B'] = r => r.Push(r.Code(r.Length32(), text: false)),
        [0x8E] = r => r.Push(r.Bytes(r.Length64())),
        [0x96] = r => r.Push(r.Bytes(r.Length64())),
        [']'] = r => r.Push(new List<object?>()),
        [0x8F] = r => r.Push(new List<object?>()),
        ['l'] = r => r.Push(r.PopToMark().ToList()),
        [0x91] = r => r.Push(r.PopToMark().ToList()),
        ['a'] = r => r.Append(r.Pop()),
        ['e'] = r => r.AppendAll(r.PopToMark()),
        [0x90] = r => r.AppendAll(r.PopToMark()),
        [')'] = r => r.Push(Array.Empty<object?>()),
        ['t'] = r => r.Push(r.PopToMark()),
        [0x85] = r => r.Push(r.PopMany(1)),
        [0x86] = r => r.Push(r.PopMany(2)),
        [0x87] = r => r.Push(r.PopMany(3)),
        ['}'] = r => r.Push(new PickleDictionary()),
        ['d'] = r => { r.Push(new PickleDictionary()); r.SetAll(r.PopToMarkBelowTop()); },
        ['s'] = r => r.SetAll(r.PopMany(2)),
        ['u'] = r => r.SetAll(r.PopToMark()),
        ['q'] = r => r._memo[r.Byte()] = r.Top(),
        ['r'] = r => r._memo[r.Length32()] = r.Top(),
        [0x94] = r => r._memo[r._memo.Count] = r.Top(),
        ['h'] = r => r.Push(r.Recall(r.Byte())),
        ['j'] = r => r.Push(r.Recall(r.Length32())),
        ['c'] = r => r.Push(r.Global(r.Line(), r.Line())),
        [0x93] = r => r.StackGlobal(),
        ['R'] = r => r.Call(),
        [0x81] = r => r.Call(),
        ['b'] = r => r.Build(),
        ['Q'] = r => r.PushStorage(),
        ['i'] = r => throw Throw.PickleGlobal(r._source, $"{r.Line()}.{r.Line()}"),
    };

    private readonly Stream _stream;
    private readonly string _source;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly ICollection<PickleStorage> _storages;

    private PickleReader(Stream stream, string source, ICollection<PickleStorage> storages) => (_stream, _source, _storages) = (stream, source, storages);

    /// <summary>Values below the last mark are out of reach until it is taken away.</summary>
    private int Floor => _marks.Count == 0 ? 0 : _marks[^1];

    /// <summary>Reads a pickle.</summary>
    /// <param name="stream">A seekable stream; it is left behind the pickle.</param>
    /// <param name="source">What to call the file in errors.</param>
    /// <param name="storages">Where to note every storage that the pickle refers to.</param>
    /// <exception cref="KerasException">It is cut off or malformed, or names a global that is not known.</exception>
    public static object? Read(Stream stream, string source, ICollection<PickleStorage> storages) => new PickleReader(stream, source, storages).Run();

    private object? Run()
    {
        if (Byte() != 0x80) throw Bad("a pickle of protocol 2 to 5 is expected where another byte stands");
        var protocol = Byte();
        if (protocol is < 2 or > 5) throw Bad($"its pickle has protocol {protocol} where 2 to 5 are expected");
        for (var step = 0; step < MostSteps; step++)
        {
            var code = Byte();
            if (code == '.') return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw Bad($"its pickle ends with {_stack.Count} values where one is expected");
            Step(code);
        }
        throw Bad($"its pickle has more than {MostSteps} steps");
    }

    private void Step(int code)
    {
        if (s_steps.TryGetValue(code, out var step)) step(this);
        else if (code is 'o' or 0x92 or 0x82 or 0x83 or 0x84) throw Throw.PickleGlobal(_source, $"a class (opcode {code:X2})");
        else throw Bad($"its pickle holds opcode {code:X2}, which does not belong to protocols 2 to 5");
    }

    private PickleGlobal Global(string module, string name) => PickleGlobal.Find(module, name) ?? throw Throw.PickleGlobal(_source, $"{module}.{name}");

    private void StackGlobal()
    {
        if (PopMany(2) is not [string module, string name]) throw Bad("its pickle names a global by something that is no text");
        Push(Global(module, name));
    }

    private void PushStorage()
    {
        var storage = PickleStorage.Create(Pop(), _source);
        _storages.Add(storage);
        Push(storage);
    }

    private void Call()
    {
        if (PopMany(2) is not [PickleGlobal { Call: { } call }, object?[] arguments]) throw Bad("its pickle calls something that is no function");
        Push(call(arguments, _source));
    }

    /// <summary>Attributes of an OrderedDict (a state dict's versions) are of no use here; nothing else may have any.</summary>
    private void Build()
    {
        _ = Pop();
        if (Top() is not PickleDictionary) throw Bad("its pickle sets attributes of something that is no OrderedDict");
    }

    private void Append(object? value) => (Top() as List<object?> ?? throw Bad("its pickle appends to something that is no list")).Add(value);

    private void AppendAll(object?[] values)
    {
        if (Top() is not List<object?> list) throw Bad("its pickle appends to something that is no list");
        list.AddRange(values);
    }

    private void SetAll(object?[] pairs)
    {
        if (Top() is not PickleDictionary target) throw Bad("its pickle sets items of something that is no dict");
        if (pairs.Length % 2 != 0) throw Bad("its pickle sets a key without a value");
        for (var i = 0; i < pairs.Length; i += 2) target.Items.Add((pairs[i], pairs[i + 1]));
    }

    private object?[] PopToMarkBelowTop()
    {
        var top = Pop();
        var values = PopToMark();
        Push(top);
        return values;
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0) throw Bad("its pickle goes back to a mark that was never set");
        var mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return Cut(mark);
    }

    private object?[] PopMany(int count) => _stack.Count - Floor >= count ? Cut(_stack.Count - count) : throw Empty();

    private object?[] Cut(int from)
    {
        var values = new object?[_stack.Count - from];
        _stack.CopyTo(from, values, 0, values.Length);
        _stack.RemoveRange(from, _stack.Count - from);
        return values;
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Pop() => PopMany(1)[0];

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw Empty();

    private object? Recall(long index) => _memo.TryGetValue(index, out var value) ? value : throw Bad($"its pickle asks for value {index}, which it never stored");

    /// <summary>A number of few bytes becomes a long; larger ones (the mark of older files) stay what they are.</summary>
#pragma warning disable CA1859
    private object Number(int length)
#pragma warning restore CA1859
    {
        if (length is < 0 or > MostNumberBytes) throw Bad($"its pickle holds a number of {length} bytes where at most {MostNumberBytes} are expected");
        var value = new BigInteger(Bytes(length));
        if (value < long.MinValue || value > long.MaxValue) return value;
        return (long)value;
    }

    /// <summary>Texts of Python 2 (<c>U</c>, <c>T</c>) are texts here; bytes stay bytes.</summary>
    private object Code(long length, bool text) => text ? Encoding.Latin1.GetString(Bytes(length)) : Bytes(length);

    private string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    private string Line()
    {
        var text = new StringBuilder();
        for (var next = Byte(); next != '\n'; next = Byte())
        {
            if (text.Length > 1000) throw Bad("its pickle names a global by more than 1000 letters");
            text.Append((char)next);
        }
        return text.ToString();
    }

    private long Length32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    private long Length64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    private byte[] Bytes(long length)
    {
        var left = _stream.Length - _stream.Position;
        if (length < 0 || length > left) throw Bad($"its pickle announces {length} bytes where {left} follow");
        var bytes = new byte[length];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private int Byte() => _stream.ReadByte() is >= 0 and var value ? value : throw Bad("its pickle is cut off");

    private KerasException Empty() => Bad("its pickle takes a value where there is none");

    private KerasException Bad(string problem) => Throw.PyTorchFile(_source, problem);
}

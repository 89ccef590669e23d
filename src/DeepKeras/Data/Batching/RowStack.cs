namespace DeepKeras.Data;

/// <summary>Rows of one shape, copied one after the other into one tensor.</summary>
/// <param name="room">How many rows are expected at most.</param>
internal sealed class RowStack(int room)
{
    /// <summary>A batch that is given up early should not have cost the memory of a huge one.</summary>
    private const int FirstRoom = 1024;

    private Tensor? _whole;
    private long[] _shape = [];
    private ScalarType _type;
    private long _rowBytes;
    private bool _isDense;
    private int _room = Math.Min(room, FirstRoom);
    private int _count;

    /// <summary>Shape and type of the rows, for errors.</summary>
    public string Described => $"{new Shape(_shape)} {_type}";

    public static string Describe(Tensor row) => $"{new Shape(row.shape)} {row.dtype}";

    /// <summary>Copies a row, unless its shape or type is another than the first one's.</summary>
    /// <remarks>Called inside the dispose scope of the row; the stack belongs to the one around it.</remarks>
    public bool TryAdd(Tensor row)
    {
        var shape = row.shape;
        var type = row.dtype;
        if (_whole is null) Start(row, shape, type);
        else if (type != _type || !shape.AsSpan().SequenceEqual(_shape)) return false;
        if (_count == _room) Grow();
        if (_isDense && row.device_type == DeviceType.CPU && row.is_contiguous()) row.bytes.CopyTo(_whole!.bytes[(int)(_count * _rowBytes)..]);
        else using (var place = _whole!.select(0, _count)) place.copy_(row.detach());
        _count++;
        return true;
    }

    public Tensor ToTensor() => _count == _room ? _whole! : _whole!.narrow(0, 0, _count);

    private void Start(Tensor row, long[] shape, ScalarType type)
    {
        (_shape, _type) = (shape, type);
        _rowBytes = row.NumberOfElements * type.ElementSize();
        _whole = torch.empty([_room, .. shape], type, row.device).MoveToOuterDisposeScope();
        _isDense = row.device_type == DeviceType.CPU && _rowBytes * room <= int.MaxValue;
    }

    private void Grow()
    {
        var larger = Math.Min(room, 2 * _room);
        var whole = torch.empty([larger, .. _shape], _type, _whole!.device).MoveToOuterDisposeScope();
        using (var begin = whole.narrow(0, 0, _count)) begin.copy_(_whole);
        _whole.Dispose();
        (_whole, _room) = (whole, larger);
    }
}

import { DataTypes, Model } from 'sequelize';
import type { InferAttributes, InferCreationAttributes, Sequelize } from 'sequelize';

/** A row of `audit_details`. */
export class AuditDetailRow extends Model<
  InferAttributes<AuditDetailRow>,
  InferCreationAttributes<AuditDetailRow>
> {
  declare auditId: string;
  declare salt: Buffer;
  declare details: object;

  static define(db: Sequelize): void {
    AuditDetailRow.init(
      {
        auditId: {
          type: DataTypes.BIGINT,
          primaryKey: true,
          allowNull: false,
          references: { model: 'audit_logs', key: 'id' },
          onDelete: 'CASCADE',
          onUpdate: 'NO ACTION',
        },
        salt: { type: DataTypes.BLOB, allowNull: false },
        details: { type: DataTypes.JSONB, allowNull: false },
      },
      { sequelize: db, tableName: 'audit_details', modelName: 'audit_details' },
    );
  }
}
